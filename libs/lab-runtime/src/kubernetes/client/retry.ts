import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from './api-error.js';

export type RetryRule = {
  /** Calls in all, the first included. */
  tries: number;
  firstWaitMs: number;
  longestWaitMs: number;
};

export const defaultRetryRule: RetryRule = { tries: 5, firstWaitMs: 200, longestWaitMs: 5000 };

export type RetryScope = {
  signal?: AbortSignal;
  /** Which errors allow a repeat. Unless given: no answer, too many requests, a server's fault. */
  repeats?(error: ApiError): boolean;
};

/** A server asks for seconds (`Retry-After`); what asks for more is no server that is about to come back. */
const longestAskedMs = 30_000;

/** How long to wait before the next try: what the server asked for, else a random part of a doubling time. */
export function waitMs(rule: RetryRule, tried: number, retryAfterMs?: number, random = Math.random()): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs + random * 250, longestAskedMs);
  const most = Math.min(rule.firstWaitMs * 2 ** (tried - 1), rule.longestWaitMs);
  return most / 2 + (random * most) / 2;
}

/** Repeats a call that may be repeated while the API server is away, overloaded, or asks to come back. */
export async function withRetries<T>(
  rule: RetryRule,
  call: () => Promise<T>,
  { signal, repeats = passes }: RetryScope = {},
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted || tried >= rule.tries || !(error instanceof ApiError) || !repeats(error)) throw error;
      await delay(waitMs(rule, tried, error.retryAfterMs), undefined, { signal });
    }
  }
}

/** A conflict is for the caller to judge. */
function passes({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}
