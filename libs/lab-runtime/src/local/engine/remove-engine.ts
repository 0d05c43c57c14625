import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEngine } from './start-engine.js';

/**
 * Stops the private engine below `dataDir/engine` and deletes its folder with all images. Containers must be gone:
 * remove the sessions first. Podman leaves its storage mounted on itself, which no deletion gets past.
 */
export async function removeEngine(options: { dataDir: string }): Promise<void> {
  await (await startEngine(options)).stop();
  const folder = join(resolve(options.dataDir), 'engine');
  // Not mounted, or mounted in a namespace that is gone: then there is nothing in the way.
  await promisify(execFile)('umount', [join(folder, 'storage', 'overlay')]).catch(() => undefined);
  // A container's monitor may write its last words meanwhile.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
