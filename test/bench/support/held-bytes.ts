import { setTimeout as sleep } from 'node:timers/promises';

/** Memory that is in use after garbage was collected: JavaScript's own and the buffers it holds. Needs `--expose-gc`. */
export async function heldBytes(): Promise<number> {
  // Buffers are let go of after the collection that finds them, and some only by the next one.
  for (let round = 0; round < 3; round += 1) {
    if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc');
    globalThis.gc();
    await sleep(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
