import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NOT_SOURCES = new Set(['node_modules', 'dist', '.git', '.nx']);

/** The time of the latest change below these folders. Folders count too: their time moves when a file goes away. */
export function newestChange(paths: string[]): number {
  let newest = 0;
  const look = (path: string) => {
    const entry = statSync(path);
    newest = Math.max(newest, entry.mtimeMs);
    if (!entry.isDirectory()) return;
    for (const name of readdirSync(path)) {
      // Specs are compiled with the rest, but nothing that runs depends on them.
      if (!NOT_SOURCES.has(name) && !name.includes('.spec.')) look(join(path, name));
    }
  };
  paths.filter((path) => existsSync(path)).forEach(look);
  return newest;
}
