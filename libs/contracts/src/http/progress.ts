import { z } from 'zod';
import { PageSlug } from '../instructions/inlines.js';
import { StepDefinition } from '../instructions/page.js';
import { Phase } from '../session/phases.js';
import { ProgressTotals } from './instructions.js';
import { Instant, Paging, QueryFlag } from './paging.js';

export const StepProgress = StepDefinition.pick({ id: true, page: true, kind: true, title: true }).extend({
  done: z.boolean(),
  doneAt: Instant.optional(),
  /** Earned; 0 while it is not done. */
  points: z.number(),
  maxPoints: z.number(),
  hints: z.int(),
  /** Answers to a quiz, or runs of its checks. */
  attempts: z.int(),
});
export type StepProgress = z.infer<typeof StepProgress>;

const person = { userId: z.uuid(), displayName: z.string() };
const times = { startedAt: Instant, lastAt: Instant.optional() };

/** Of one session: each person who takes part, per page and per step. */
export const SessionProgress = z.strictObject({
  sessionId: z.uuid(),
  labId: z.uuid(),
  version: z.int().positive(),
  people: z.array(
    z.strictObject({
      ...person,
      ...times,
      totals: ProgressTotals,
      pages: z.array(
        z.strictObject({ slug: PageSlug, title: z.string(), steps: z.int(), done: z.int(), points: z.number() }),
      ),
      steps: z.array(StepProgress),
    }),
  ),
});
export type SessionProgress = z.infer<typeof SessionProgress>;

/** A class at a glance: one line a person and session, newest session first. */
export const ListProgress = Paging.extend({
  labId: z.uuid().optional(),
  courseId: z.uuid().optional(),
  state: z.enum(['open', 'ended']).optional(),
  /** With each line's steps; a page then has at most 50 lines. */
  steps: QueryFlag.optional(),
});
export const ProgressLine = z.strictObject({
  sessionId: z.uuid(),
  labId: z.uuid(),
  version: z.int().positive(),
  courseId: z.uuid().optional(),
  phase: Phase,
  ...person,
  ...times,
  totals: ProgressTotals,
  /** The first step that is not done. */
  current: StepDefinition.pick({ id: true, page: true, title: true }).optional(),
  /** Every step of its version, in their order; only when asked for. */
  steps: z.array(StepProgress).optional(),
});
export type ProgressLine = z.infer<typeof ProgressLine>;
/** Of one lab, with a column for each step; or of everything the caller may see. */
export const ExportProgress = ListProgress.pick({ labId: true, courseId: true, state: true });
