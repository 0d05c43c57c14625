import type { ImageSpec } from '@lab-orchestrator/contracts';
import { z } from 'zod';
import { ImageRefusal } from '../../local/images/image-refusal.js';
import type { Cluster } from '../client/cluster.js';
import { imageNamespaceOf } from '../names.js';
import { defaultGoldenLimits, type ImageOptions } from './image-options.js';
import { sendUpload, uploadToken } from './upload.js';

type UploadOptions = Pick<ImageOptions, 'instance' | 'openUpload' | 'uploadProxy' | 'cdiNamespace' | 'limits'>;

/** What CDI says of its upload proxy; nothing where it is not published outside the cluster. */
const CdiConfig = z.looseObject({
  status: z.looseObject({ uploadProxyURL: z.string().optional(), uploadProxyCA: z.string().optional() }).optional(),
});

/** Sends uploaded files to CDI, at most one per image in this process. */
export class Uploads {
  private readonly running = new Map<string, { abort: AbortController; done: Promise<void> }>();

  constructor(
    private readonly cluster: Cluster,
    private readonly options: UploadOptions,
  ) {}

  /** Starts sending unless it is under way. `onFailure` is told what went wrong; it may throw. */
  begin(image: ImageSpec, onFailure: (error: unknown) => Promise<void>): void {
    if (this.running.has(image.id)) return;
    const abort = new AbortController();
    const done = this.send(image, abort.signal)
      .catch((error: unknown) => (abort.signal.aborted ? undefined : onFailure(error)))
      // What could not be written down is found out again by the next process that looks.
      .catch(() => undefined)
      .finally(() => this.running.delete(image.id));
    this.running.set(image.id, { abort, done });
  }

  /** Stops sending; the next one who looks starts again. */
  async close(): Promise<void> {
    const all = [...this.running.values()];
    for (const { abort } of all) abort.abort(new Error('The runtime is closing.'));
    await Promise.all(all.map(({ done }) => done));
  }

  private async send({ id, source }: ImageSpec, signal: AbortSignal): Promise<void> {
    if (source.kind !== 'upload') throw new TypeError(`The image ${id} is no upload.`);
    const file = await this.options.openUpload?.(source.blob);
    if (!file) throw new ImageRefusal('image_not_found', 'The uploaded file of the image is not there any more.');
    const maxBytes = this.options.limits?.uploadBytes ?? defaultGoldenLimits.uploadBytes;
    try {
      const [proxy, token] = await Promise.all([
        this.proxy(),
        uploadToken(this.cluster, imageNamespaceOf(this.options.instance), id),
      ]);
      await sendUpload({ proxy, token, file, sha256: source.sha256, maxBytes, signal });
    } finally {
      file.stream.destroy();
    }
  }

  private async proxy(): Promise<{ url: string; ca?: string }> {
    const { uploadProxy, cdiNamespace = 'cdi' } = this.options;
    if (uploadProxy) return uploadProxy;
    const text = await this.cluster.get('/apis/cdi.kubevirt.io/v1beta1/cdiconfigs/config');
    const { status } = CdiConfig.parse(JSON.parse(text));
    const url = status?.uploadProxyURL ?? `https://cdi-uploadproxy.${cdiNamespace}.svc`;
    return { url: url.includes('://') ? url : `https://${url}`, ca: status?.uploadProxyCA };
  }
}
