import { unzipSync, zipSync } from 'fflate';

export type Files = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
export type ArchiveWork = { pack: Files } | { unpack: Uint8Array<ArrayBuffer> };
export type ArchiveResult = { packed: Uint8Array<ArrayBuffer> } | { files: Files } | { failed: string };

/** Packs or unpacks a zip; takes its time, so it belongs into a worker. */
export function workOn(work: ArchiveWork): ArchiveResult {
  try {
    if ('pack' in work) return { packed: zipSync(work.pack, { level: 6 }) };
    const entries = Object.entries(unzipSync(work.unpack)).filter(([path]) => !path.endsWith('/'));
    return { files: Object.fromEntries(entries) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
