import { setTimeout as sleep } from 'node:timers/promises';
import { type Console, RuntimeError } from '@lab-orchestrator/lab-runtime';

/** Waits between tries, in ms: a machine that restarts or moves takes seconds to a minute and a half. */
const waitsMs = [250, 500, 1_000, 2_000, ...Array.from({ length: 30 }, () => 3_000)];

/**
 * Opens again what broke off, for as long as another try may help.
 * @returns undefined when it does not help, or is not wanted any more
 */
export async function reopen(
  open: () => Promise<Console>,
  isWanted: () => boolean,
  waits: readonly number[] = waitsMs,
): Promise<Console | undefined> {
  for (const wait of waits) {
    await sleep(wait);
    if (!isWanted()) return undefined;
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof RuntimeError && error.retryable)) return undefined;
    }
  }
  return undefined;
}

/** Another client holds the one console there is: trying again would take it away from them. */
export function isTakenOver(error: unknown): boolean {
  return error instanceof RuntimeError && error.code === 'taken_over';
}
