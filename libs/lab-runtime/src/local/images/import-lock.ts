import { lock } from 'proper-lockfile';
import { errnoOf } from './image-refusal.js';

/** A holder that has not shown a heartbeat for so long has died. */
const staleMs = 15_000;

export type ImportLock = { release(): Promise<void> };

/**
 * Holds an import for this process, among all processes over the same folder; undefined while another one holds it.
 * `onLost` is called when this process slept so long that another one may have taken over.
 */
export async function lockImport(file: string, onLost: (error: Error) => void): Promise<ImportLock | undefined> {
  try {
    const release = await lock(file, {
      lockfilePath: file,
      realpath: false,
      stale: staleMs,
      update: staleMs / 3,
      onCompromised: onLost,
    });
    return { release: () => release().catch(() => undefined) };
  } catch (error) {
    if (errnoOf(error) === 'ELOCKED') return undefined;
    throw error;
  }
}
