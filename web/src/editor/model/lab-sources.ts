import { unpack } from '../../archive/archive.js';
import { fetchFile } from '../../api/call.js';
import type { SavedVersion } from './lab-editing.js';
import { contentOf, type LabFiles } from './lab-files.js';

export interface LabSources {
  version: SavedVersion;
  files: LabFiles;
}

/** All files of a version, for those who may edit the lab. */
export async function fetchSources(
  { id, slug }: { id: string; slug: string },
  version: number,
  signal?: AbortSignal,
): Promise<LabSources> {
  const params = { labId: id, version };
  const response = await fetchFile('getLabArchive', { params, ...(signal && { signal }) });
  const files = await unpack(new Uint8Array(await response.arrayBuffer()));
  return {
    version: { labId: id, slug, version, digest: digestIn(response.headers.get('etag')) },
    files: new Map(Object.entries(files).map(([path, bytes]) => [path, contentOf(bytes)] as const)),
  };
}

/** Proxies that compress an answer mark its tag as weak; the digest in it is the same. */
export const digestIn = (etag: string | null): string => /^(?:W\/)?"([^"]*)"$/.exec(etag ?? '')?.[1] ?? '';
