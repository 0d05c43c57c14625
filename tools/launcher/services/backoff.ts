const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the nth restart in a row: doubles, up to half a minute. */
export function backoffMs(restart: number): number {
  return Math.min(FIRST_MS * 2 ** Math.max(restart - 1, 0), LONGEST_MS);
}
