import { z } from 'zod';

/** A removal that takes unusually long: since when, and what holds it in words. Kept with the job, for operators. */
export const HeldRemoval = z.object({ since: z.iso.datetime(), holders: z.array(z.string()) });
export type HeldRemoval = z.infer<typeof HeldRemoval>;

/** What a reconcile says happens next. It never sleeps. */
export type Outcome = { done: true } | { retryInMs: number; held?: HeldRemoval };

export const done: Outcome = { done: true };
export const retryIn = (retryInMs: number): Outcome => ({ retryInMs });
