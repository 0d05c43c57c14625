import { createHash } from 'node:crypto';
import type { FolderFiles } from './folder-files.js';

/** The SHA-256 of some bytes, in hexadecimal. */
export const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

/** Names a folder by its content: the same paths with the same bytes give the same digest, in whatever order they came. */
export function folderDigest(files: FolderFiles): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].toSorted()) hash.update(`${path}\0${sha256(files.get(path) ?? '')}\n`);
  return hash.digest('hex');
}
