import { ApiError, hasStatus } from '../client/api-error.js';
import { waitMs } from '../client/retry.js';

const backOff = { tries: Infinity, firstWaitMs: 200, longestWaitMs: 20_000 };
/** A try costs nothing where nobody answers, and 2 s after a server is back all of its changes are to be known. */
const whileAway = { ...backOff, longestWaitMs: 1_500 };
/** A server that stops, or forgets, ends the watches of all at once: they come back over so long, not all together. */
const comeBackWithinMs = 1000;

/**
 * How long to wait after a watch ended, or failed.
 * @param failures so many times in a row; 0 when it ended as it should
 * @param error of the last of them
 * @returns milliseconds, a random part of them
 */
export function pauseMs(failures: number, error: unknown, random = Math.random()): number {
  if (failures === 0 || (failures === 1 && hasStatus(error, 410))) return random * comeBackWithinMs;
  const tried = Math.min(failures, 16);
  if (!(error instanceof ApiError)) return waitMs(backOff, tried, undefined, random);
  return waitMs(error.status === 0 ? whileAway : backOff, tried, error.retryAfterMs, random);
}
