import type { CheckOutcome, QuizGiven, StepDefinition } from '@lab-orchestrator/contracts';

/** Of one check: `at` is when it was last run, in RFC 3339. */
export interface CheckRecord {
  passed: boolean;
  outcome: CheckOutcome;
  at: string;
}

/** How far one person is with one step. Values, never changed in place. */
export interface StepRecord {
  readonly stepId: string;
  readonly doneAt: Date | null;
  /** Earned with it; 0 while it is not done. */
  readonly points: number;
  /** Ids of the hints that were opened. */
  readonly hints: readonly string[];
  readonly checks: Readonly<Record<string, CheckRecord>>;
  /** How often its checks were run. */
  readonly runs: number;
  /** Answers to a quiz. */
  readonly attempts: number;
  readonly given: QuizGiven | null;
  readonly correct: boolean | null;
}

export const blankStep = (stepId: string): StepRecord => ({
  stepId,
  doneAt: null,
  points: 0,
  hints: [],
  checks: {},
  runs: 0,
  attempts: 0,
  given: null,
  correct: null,
});

/** What it can still earn: its points less the hints that were opened, never below nothing. */
export function worthOf({ points, hints }: StepDefinition, record: Pick<StepRecord, 'hints'>): number {
  const opened = new Set(record.hints);
  const cost = hints.reduce((sum, hint) => sum + (opened.has(hint.id) ? hint.cost : 0), 0);
  return Math.max(0, points - cost);
}

/** Done from now on; what was done stays as it was. */
export const completed = (step: StepDefinition, record: StepRecord, now: Date): StepRecord =>
  record.doneAt ? record : { ...record, doneAt: now, points: worthOf(step, record) };

/** Not done any more. Hints stay open, since they have been read; checks, answers and attempts start anew. */
export const reopened = (record: StepRecord): StepRecord => ({
  ...record,
  doneAt: null,
  points: 0,
  checks: {},
  attempts: 0,
  given: null,
  correct: null,
});

/** With one more hint open. What a finished step has earned is not taken back. */
export const withHint = (record: StepRecord, hintId: string): StepRecord =>
  record.hints.includes(hintId) ? record : { ...record, hints: [...record.hints, hintId] };

/** After its checks ran. Done once all have passed; one that passed before stays passed until the step is reopened. */
export function checked(
  step: StepDefinition,
  record: StepRecord,
  outcomes: Readonly<Record<string, CheckOutcome>>,
  now: Date,
): StepRecord {
  const checks = { ...record.checks };
  for (const [id, outcome] of Object.entries(outcomes))
    checks[id] = { passed: outcome === 'passed' || (checks[id]?.passed ?? false), outcome, at: now.toISOString() };
  const after = { ...record, checks, runs: record.runs + 1 };
  return step.checks.length > 0 && step.checks.every((id) => checks[id]?.passed) ? completed(step, after, now) : after;
}

/** After an answer. */
export function answered(
  step: StepDefinition,
  record: StepRecord,
  { given, correct }: { given: QuizGiven; correct: boolean },
  now: Date,
): StepRecord {
  const after = { ...record, given, correct, attempts: record.attempts + 1 };
  return correct ? completed(step, after, now) : after;
}

/** null: as many as one likes. */
export const attemptsLeft = ({ attempts }: StepDefinition, record: Pick<StepRecord, 'attempts'>): number | null =>
  attempts === undefined ? null : Math.max(0, attempts - record.attempts);
