/** What a reconcile says happens next. It never sleeps. */
export type Outcome = { done: true } | { retryInMs: number };

export const done: Outcome = { done: true };
export const retryIn = (retryInMs: number): Outcome => ({ retryInMs });
