import { ApiError } from '../client/api-error.js';

/** Two that make the same pod at once are counted twice, until the quota is counted anew. */
const quotaPatienceMs = 30_000;
const rememberedMs = 3_600_000;

type Refusal = { message: string; sinceMs: number; lastMs: number; patienceMs: number };

/**
 * Pods that an administrator's quota or limits do not let in. A pod that was refused is nowhere to be seen in the cluster,
 * so each process remembers what it was told when it tried last.
 */
export class Refusals {
  private readonly known = new Map<string, Refusal>();

  /** @returns whether it lasts: then it is a system's trouble and not a call's. False as well for all other errors. */
  note(namespace: string, system: string, error: unknown, nowMs = Date.now()): boolean {
    const patienceMs = patienceFor(error);
    if (patienceMs === undefined || !(error instanceof ApiError)) return false;
    const key = `${namespace}/${system}`;
    const sinceMs = this.known.get(key)?.sinceMs ?? nowMs;
    const message = error.message.replace(/^.*? is forbidden: /, '');
    this.known.set(key, { message, sinceMs, lastMs: nowMs, patienceMs });
    for (const [old, { lastMs }] of this.known) if (nowMs - lastMs > rememberedMs) this.known.delete(old);
    return nowMs - sinceMs >= patienceMs;
  }

  forget(namespace: string, system: string): void {
    this.known.delete(`${namespace}/${system}`);
  }

  /** What the cluster says about a system that it has not let in for some time. */
  lasting(namespace: string, system: string, nowMs = Date.now()): string | undefined {
    const refusal = this.known.get(`${namespace}/${system}`);
    return refusal && nowMs - refusal.sinceMs >= refusal.patienceMs ? refusal.message : undefined;
  }
}

/** Undefined for what is no matter of limits. */
function patienceFor(error: unknown): number | undefined {
  if (!(error instanceof ApiError) || error.status !== 403) return undefined;
  if (/exceeded quota|failed quota/.test(error.message)) return quotaPatienceMs;
  // A LimitRange.
  return /(?:maximum|minimum) \S+ usage per |limit to request ratio/.test(error.message) ? 0 : undefined;
}
