import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Servers are often in sbin, which is not on the path of ordinary users. */
const EXTRA = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin'];

/** The full path of a program, or undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...EXTRA];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** A PostgreSQL server program. Debian keeps one folder per version outside the path; the newest one wins. */
export function findPostgresProgram(name: string, root = '/usr/lib/postgresql'): string | undefined {
  const versions = folderNames(root).toSorted((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin', name)).find(isExecutable) ?? findProgram(name);
}

export function requireProgram(found: string | undefined, name: string, debianPackage: string): string {
  if (found === undefined) throw new Error(`${name} is not installed: install the Debian package ${debianPackage}`);
  return found;
}

function folderNames(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
