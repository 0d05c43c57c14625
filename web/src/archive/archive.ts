import type { ArchiveResult, ArchiveWork, Files } from './archive-work.js';

/**
 * Packs the files of a lab folder into a zip. In a worker of our own: the packing library would make one from a text,
 * which the platform's content policy does not let run.
 */
export async function pack(files: Files): Promise<Uint8Array<ArrayBuffer>> {
  const result = await run({ pack: files });
  if ('packed' in result) return result.packed;
  throw new Error('failed' in result ? result.failed : 'the archive cannot be packed');
}

/** The files of a zip by their path. */
export async function unpack(archive: Uint8Array<ArrayBuffer>): Promise<Files> {
  const result = await run({ unpack: archive });
  if ('files' in result) return result.files;
  throw new Error('failed' in result ? result.failed : 'the archive cannot be read');
}

function run(work: ArchiveWork): Promise<ArchiveResult> {
  const worker = new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<ArchiveResult>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ArchiveResult>) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(work);
  }).finally(() => worker.terminate());
}
