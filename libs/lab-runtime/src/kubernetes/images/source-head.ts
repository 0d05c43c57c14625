import type { ImageSpec } from '@lab-orchestrator/contracts';
import { ImageRefusal } from '../../local/images/image-refusal.js';
import { checkImageUrl } from '../../local/images/address-policy.js';
import { publicHttpsOnly } from '../../local/images/import-limits.js';
import { qcow2HeadBytes } from '../../local/images/qcow2-header.js';
import type { GoldenLimits, ImageOptions } from './image-options.js';
import { judge, lookAtSource } from './source-look.js';

/** Tells how large the disk of an image is, from the beginning of its source. */
export class SourceHead {
  constructor(private readonly options: Pick<ImageOptions, 'policy' | 'looksFirst' | 'openUpload'>) {}

  /**
   * Undefined where the source does not tell.
   * @throws ImageRefusal for what must not be fetched, and for what is no disk
   */
  async sizeOf({ source }: ImageSpec, limits: GoldenLimits): Promise<number | undefined> {
    const { policy = publicHttpsOnly, looksFirst = true } = this.options;
    if (source.kind === 'upload') return this.uploadSize(source.blob, limits);
    if (source.kind !== 'http') return undefined;
    checkImageUrl(policy, source.url);
    if (!looksFirst) return undefined;
    const { virtualBytes: maxBytes, redirects } = limits;
    const { virtualBytes } = await lookAtSource({ url: source.url, policy, maxBytes, redirects });
    return virtualBytes;
  }

  private async uploadSize(blob: string, limits: GoldenLimits): Promise<number | undefined> {
    const file = await this.options.openUpload?.(blob);
    if (!file) throw new ImageRefusal('image_not_found', 'The uploaded file of the image is not there any more.');
    const chunks: Buffer[] = [];
    let bytes = 0;
    // Leaving the loop lets go of the file.
    for await (const chunk of file.stream) {
      const piece = Buffer.from(chunk);
      chunks.push(piece);
      bytes += piece.length;
      if (bytes >= qcow2HeadBytes) break;
    }
    const head = Buffer.concat(chunks).subarray(0, qcow2HeadBytes);
    return judge(head, file.sizeBytes, limits.virtualBytes).virtualBytes;
  }
}
