import { chmod, copyFile, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputOf } from './command.ts';

/** User and group that the services run as: no account of any machine. */
export const serviceUser = 65_532;

/**
 * Lays out the smallest tree in which Node.js runs: its program, the shared libraries it names, a list of users. No
 * shell, no package tool: nothing for an intruder to use.
 */
export async function layOutNode(program: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const path of ['usr/bin', 'etc', 'app', 'tmp']) await mkdir(join(folder, path), { recursive: true });
  await copyFile(await realpath(program), join(folder, 'usr/bin/node'));
  await chmod(join(folder, 'usr/bin/node'), 0o755);
  for (const library of librariesIn(await outputOf(['ldd', program]))) {
    await mkdir(join(folder, dirname(library)), { recursive: true });
    await copyFile(await realpath(library), join(folder, library));
  }
  await writeFile(join(folder, 'etc/passwd'), `root:x:0:0::/:/\nlab:x:${serviceUser}:${serviceUser}::/app:/\n`);
  await writeFile(join(folder, 'etc/group'), `root:x:0:\nlab:x:${serviceUser}:\n`);
}

/** The absolute paths in what `ldd` prints. */
export function librariesIn(text: string): string[] {
  return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path ?? '');
}
