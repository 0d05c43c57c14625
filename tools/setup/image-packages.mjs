import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What the image builder misses on this machine.
 * @param {string} folder the checkout
 * @returns {Promise<{ name: string, reason: string }[]>}
 */
export async function missingImagePackages(folder) {
  const builder = join(folder, 'tools', 'images', 'src', 'index.mjs');
  if (!existsSync(builder)) return [];
  const { missingPackages } = await import(pathToFileURL(builder).href);
  const names = await missingPackages();
  return names.map((/** @type {string} */ name) => ({ name, reason: 'builds the base images' }));
}
