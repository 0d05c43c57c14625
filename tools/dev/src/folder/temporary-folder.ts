import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const open = new Set<string>();
let cleansOnExit = false;

/** A folder that `remove` deletes, or at the latest the end of this process. */
export function temporaryFolder(name: string): { path: string; remove(): void } {
  if (!cleansOnExit) {
    cleansOnExit = true;
    process.once('exit', () => open.forEach(removeFolder));
  }
  const path = mkdtempSync(join(tmpdir(), `lab-${name}-`));
  open.add(path);
  return { path, remove: () => removeFolder(path) };
}

function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  open.delete(path);
}
