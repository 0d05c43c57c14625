/** Memory that is in use after garbage was collected: JavaScript's own and the buffers it holds. Needs `--expose-gc`. */
export function heldBytes(): number {
  if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
