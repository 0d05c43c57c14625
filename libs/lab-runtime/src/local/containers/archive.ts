import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { PlannedFile } from '../systems/container-plan.js';

/**
 * A tar of the files, to be unpacked at `/`. Folders below the owner's home that lead to a file belong to the owner;
 * all others are left to what the image says, or to root.
 */
export async function archiveOf(files: readonly PlannedFile[], home: string): Promise<Buffer> {
  const tar = pack();
  const folders = new Set<string>();
  for (const file of files) {
    for (const folder of foldersBelow(home, file.path)) {
      if (folders.has(folder)) continue;
      folders.add(folder);
      tar.entry({ name: relative(folder), type: 'directory', mode: 0o755, uid: file.uid, gid: file.gid });
    }
    tar.entry({ name: relative(file.path), mode: file.mode, uid: file.uid, gid: file.gid }, file.content);
  }
  tar.finalize();
  return buffer(tar);
}

function foldersBelow(home: string, path: string): string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folder.startsWith(`${home}/`); folder = posix.dirname(folder))
    folders.unshift(folder);
  return folders;
}

/** Tar names have no leading `/`; `..` was refused with the lab file and is folded here again. */
function relative(path: string): string {
  return posix.normalize(path).replace(/^\/+/, '');
}
