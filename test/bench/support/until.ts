import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it is so; measurements do not go on without. */
export async function until(isSo: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${String(isSo)}`);
    await sleep(10);
  }
}
