import type { Readable } from 'node:stream';
import type { ImageSpec } from '@lab-orchestrator/contracts';
import type Docker from 'dockerode';
import type { AddressPolicy } from './address-policy.js';
import { fetchContainerDisk } from './container-disk.js';
import { type OnShare, download, receive } from './download.js';
import { ImageRefusal } from './image-refusal.js';
import type { ImportLimits } from './import-limits.js';

/** Opens an uploaded file by its key; undefined when it is not there (any more). */
export type OpenUpload = (blob: string) => Promise<{ stream: Readable; sizeBytes?: number } | undefined>;
/** Brings the bytes of an image into a file, checked against its checksum where it has one. */
export type Fetch = (image: ImageSpec, file: string, onShare: OnShare, signal: AbortSignal) => Promise<void>;

export type FetchContext = {
  engine: Docker;
  policy: AddressPolicy;
  limits: ImportLimits;
  openUpload?: OpenUpload;
  signal: AbortSignal;
};

/** One exhaustive switch over the sources of a disk. */
export async function fetchSource(
  image: ImageSpec,
  file: string,
  onShare: OnShare,
  context: FetchContext,
): Promise<void> {
  const { source } = image;
  const { limits, policy, signal } = context;
  switch (source.kind) {
    case 'http':
      return download({ url: source.url, sha256: source.sha256, policy, limits, signal }, file, onShare);
    case 'upload': {
      const upload = await context.openUpload?.(source.blob);
      if (!upload) throw new ImageRefusal('image_not_found', 'The uploaded file of the image is not there any more.');
      return receive(upload.stream, upload.sizeBytes, { sha256: source.sha256, limits }, file, onShare, signal);
    }
    case 'containerDisk':
    case 'registry':
      return fetchContainerDisk(context.engine, source.reference, file, limits, signal);
    case 'container':
    case 'builtin':
      throw new ImageRefusal('image_unsupported', `A disk cannot come from the source "${source.kind}".`);
  }
}
