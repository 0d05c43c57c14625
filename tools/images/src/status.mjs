import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the runtime shows of an image; `<cache>/images/<name>/status.json`.
 * @typedef {object} ImageStatus
 * @property {string} name
 * @property {'container' | 'disk'} kind
 * @property {string} digest
 * @property {'building' | 'ready' | 'failed'} state
 * @property {number} [percent]
 * @property {string} [step]
 * @property {string} [message] one sentence for a person
 * @property {string} [path] the last good file, absolute
 * @property {number} [sizeBytes] of that file
 * @property {number} [virtualSizeBytes] disks: what the guest sees
 * @property {string} updatedAt
 */

/**
 * The status as last written; undefined when the image was never built here.
 * @param {string} cacheDir
 * @param {string} name
 * @returns {Promise<ImageStatus | undefined>}
 */
export async function readStatus(cacheDir, name) {
  try {
    return JSON.parse(await readFile(join(cacheDir, 'images', name, 'status.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Replaces the status in one step: a reader sees the old one or the new one, never half of it.
 * @param {string} cacheDir
 * @param {Omit<ImageStatus, 'updatedAt'>} status
 */
export async function writeStatus(cacheDir, status) {
  const dir = join(cacheDir, 'images', status.name);
  const draft = join(dir, `.status-${process.pid}.json`);
  await mkdir(dir, { recursive: true });
  await writeFile(draft, `${JSON.stringify({ ...status, updatedAt: new Date().toISOString() }, null, 2)}\n`);
  await rename(draft, join(dir, 'status.json'));
}
