import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The services of this checkout, by the name of their folder. */
export function servicesOf(checkout: string): string[] {
  const folder = join(checkout, 'services');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'package.json')) && existsSync(join(folder, name, 'dist/main.js')))
    .toSorted();
}
