import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from './api-error.js';

export type RetryRule = {
  /** Calls in all, the first included. */
  tries: number;
  firstWaitMs: number;
  longestWaitMs: number;
};

export const defaultRetryRule: RetryRule = { tries: 5, firstWaitMs: 200, longestWaitMs: 5000 };

/** How long to wait before the next try: what the server asked for, else a random part of a doubling time. */
export function waitMs(rule: RetryRule, tried: number, retryAfterMs?: number, random = Math.random()): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs + random * 250, 30_000);
  const most = Math.min(rule.firstWaitMs * 2 ** (tried - 1), rule.longestWaitMs);
  return most / 2 + (random * most) / 2;
}

/** Repeats a call that may be repeated while the API server is away, overloaded, or asks to come back. */
export async function withRetries<T>(
  rule: RetryRule,
  call: () => Promise<T>,
  retryAfterOf: (error: ApiError) => number | undefined,
  signal?: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted || tried >= rule.tries || !(error instanceof ApiError) || !passes(error)) throw error;
      await delay(waitMs(rule, tried, retryAfterOf(error)), undefined, { signal });
    }
  }
}

/** No answer, too many requests, or a server's fault. A conflict is for the caller to judge. */
function passes({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}
