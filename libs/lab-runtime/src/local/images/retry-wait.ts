const minute = 60_000;

/** How long a failed import rests before anyone may start it again: short where the source is at fault, long where the image is. */
export function retryWaitMs(attempts: number, final: boolean): number {
  const first = final ? minute : 10_000;
  const longest = final ? 60 * minute : 5 * minute;
  return Math.min(longest, first * 2 ** Math.min(attempts - 1, 16));
}
