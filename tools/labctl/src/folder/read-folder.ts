import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { FolderCollector, FolderError, type FolderFiles, folderLimits } from '@lab-orchestrator/lab-folder';
import { CommandError, exitCodes } from '../output/exit-codes.js';

/** Reads a lab folder from disk, under the limits of an import. Symbolic links are refused, as an import refuses them. */
export async function readFolder(folder: string): Promise<FolderFiles> {
  await requireFolder(folder);
  const collector = new FolderCollector();
  try {
    for await (const name of filesOf(folder)) {
      const path = collector.announce(name);
      if (path === undefined) continue;
      const content = await readFile(join(folder, name));
      collector.count(content.length);
      collector.add(path, content);
    }
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    throw new CommandError(exitCodes.mistakes, error.message, error.code);
  }
  return collector.finish();
}

/** @throws when there is no such folder */
export async function requireFolder(folder: string): Promise<void> {
  const info = await stat(folder).catch(() => undefined);
  if (info?.isDirectory()) return;
  throw new CommandError(exitCodes.usage, `${folder} is not a folder. A lab is a folder with a lab.yaml.`, 'no_folder');
}

async function* filesOf(root: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  if (entries.length > folderLimits.files)
    throw new FolderError('too_many_files', `${below || 'the folder'} has more than ${folderLimits.files} entries`);
  for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
    const path = posix.join(below.split(sep).join('/'), entry.name);
    if (entry.name === '.git' || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) yield* filesOf(root, path);
    else if (entry.isFile()) yield path;
    else throw new FolderError('not_a_file', `"${path}" is neither a file nor a folder`, path);
  }
}
