import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { engineFolder, engineFolders } from './engine-folders.js';
import { startEngine } from './start-engine.js';

/**
 * Stops the private engine below `dataDir/engine` and deletes its folders with all images. Containers must be gone:
 * remove the sessions first. Podman leaves its storage mounted on itself, which no deletion gets past.
 */
export async function removeEngine(options: { dataDir: string }): Promise<void> {
  await (await startEngine(options)).stop();
  // Not mounted, or mounted in a namespace that is gone: then there is nothing in the way.
  await promisify(execFile)('umount', [join(engineFolder(options.dataDir), 'storage', 'overlay')]).catch(
    () => undefined,
  );
  // A container's monitor may write its last words meanwhile.
  for (const folder of engineFolders(options.dataDir))
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
