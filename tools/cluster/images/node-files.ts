import { chmod, copyFile, mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputOf } from './command.ts';

/** User and group that the services run as: no account of any machine. */
export const serviceUser = 65_532;

/**
 * Lays out the smallest tree in which Node.js runs: its program, the shared libraries that it and the packages' native
 * modules name, a list of users. No shell, no package tool: nothing for an intruder to use.
 */
export async function layOutNode(program: string, addons: readonly string[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const path of ['usr/bin', 'etc', 'app', 'tmp']) await mkdir(join(folder, path), { recursive: true });
  await copyFile(await realpath(program), join(folder, 'usr/bin/node'));
  await chmod(join(folder, 'usr/bin/node'), 0o755);
  const libraries = new Set(librariesIn(await outputOf(['ldd', program, ...addons])));
  for (const library of libraries) {
    await mkdir(join(folder, dirname(library)), { recursive: true });
    await copyFile(await realpath(library), join(folder, library));
  }
  await writeFile(join(folder, 'etc/passwd'), `root:x:0:0::/:/\nlab:x:${serviceUser}:${serviceUser}::/app:/\n`);
  await writeFile(join(folder, 'etc/group'), `root:x:0:\nlab:x:${serviceUser}:\n`);
}

/** Native modules of packages, except those for another C library. */
export async function addonsOf(checkout: string, packages: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    packages.map(async (path) => {
      const names = await readdir(join(checkout, path), { recursive: true });
      return names.filter((name) => name.endsWith('.node')).map((name) => join(checkout, path, name));
    }),
  );
  return found.flat().filter((path) => !path.includes('musl'));
}

/** The absolute paths in what `ldd` prints. */
export function librariesIn(text: string): string[] {
  return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path ?? '');
}
