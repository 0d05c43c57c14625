import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryPath, type FolderFiles } from '@lab-orchestrator/lab-folder';
import { CommandError, exitCodes } from '../output/exit-codes.js';

/**
 * Writes the files of a lab below a folder. Their paths come from somewhere else: none leads out of the folder, not
 * even through a link that is there already.
 * @param force replaces files that are there; others stay
 */
export async function writeFolder(folder: string, files: FolderFiles, force: boolean): Promise<void> {
  if (!force) await refuseExisting(folder);
  await mkdir(folder, { recursive: true });
  for (const [name, content] of files) {
    const path = entryPath(name);
    await makeParents(folder, path);
    const target = join(folder, path);
    if (force) await rm(target, { force: true });
    // Never through a link: the file is made here or not at all.
    await writeFile(target, content, { flag: 'wx' });
  }
}

/** @throws when there is something at this path */
export async function refuseExisting(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found) throw new CommandError(exitCodes.usage, `${path} is there already; --force replaces it.`, 'exists');
}

async function makeParents(folder: string, path: string) {
  let parent = folder;
  for (const part of path.split('/').slice(0, -1)) {
    parent = join(parent, part);
    const found = await lstat(parent).catch(() => undefined);
    if (!found) await mkdir(parent);
    else if (!found.isDirectory())
      throw new CommandError(
        exitCodes.failed,
        `${parent} is a link or a file; "${path}" would leave the folder.`,
        'path_outside',
      );
  }
}
