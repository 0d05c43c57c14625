import { z } from 'zod';
import { PageBlock } from '../instructions/blocks.js';
import { checkOutcomes } from '../instructions/check-outcome.js';
import { PageAnchor } from '../instructions/inlines.js';
import { InstructionPage } from '../instructions/page.js';
import { Language, VariableName } from '../lab-file/lab-file.js';
import { freeText } from './free-text.js';
import { Instant } from './paging.js';

/** What somebody answered: the id of an option, several, a text, or a number. */
export const QuizGiven = z.union([freeText(4096), z.number(), z.array(freeText(200)).max(100)]);
export type QuizGiven = z.infer<typeof QuizGiven>;

/** What the author says to this answer; shown after it, never before. */
const quizFeedback = { feedback: z.array(PageBlock).optional() };
export const CheckState = z.strictObject({
  id: PageAnchor,
  passed: z.boolean(),
  /** Of the last run; absent before the first. */
  outcome: z.enum(checkOutcomes).optional(),
  /** What to do about it, unless it passed. */
  message: z.string().optional(),
});
export type CheckState = z.infer<typeof CheckState>;
export const OpenedHint = z.strictObject({ id: PageAnchor, cost: z.number(), children: z.array(PageBlock) });
export type OpenedHint = z.infer<typeof OpenedHint>;

/** How far one person is with one step. */
export const StepState = z.strictObject({
  id: PageAnchor,
  done: z.boolean(),
  doneAt: Instant.optional(),
  /** Points it earned; before it is done, what it can still earn: its points less the hints that were opened. */
  points: z.number().min(0),
  hints: z.array(OpenedHint),
  checks: z.array(CheckState),
  quiz: z
    .strictObject({
      attempts: z.int(),
      /** null: as many as one likes. */
      attemptsLeft: z.int().nullable(),
      given: QuizGiven.optional(),
      correct: z.boolean().optional(),
      ...quizFeedback,
    })
    .optional(),
});
export type StepState = z.infer<typeof StepState>;

/** The bar: how much of the whole lab. */
export const ProgressTotals = z.strictObject({
  steps: z.int(),
  done: z.int(),
  points: z.number(),
  maxPoints: z.number(),
  completedAt: Instant.optional(),
});
export type ProgressTotals = z.infer<typeof ProgressTotals>;

/** `language`: one of the lab's; another one falls back to the first. */
export const GetInstructions = z.strictObject({ language: Language.optional() });
const situation = {
  /** Whose progress is shown: the caller's own, or the owner's for those who only watch. */
  userId: z.uuid(),
  /** Whether the caller may tick, check and answer here. */
  canAct: z.boolean(),
  states: z.array(StepState),
  progress: ProgressTotals,
  /** What was filled in for `::set`, by name. */
  answers: z.record(VariableName, z.string()),
};
export const Instructions = z.strictObject({
  sessionId: z.uuid(),
  labId: z.uuid(),
  version: z.int().positive(),
  /** Empty when the lab has no pages. */
  languages: z.array(Language),
  language: Language.optional(),
  pages: z.array(InstructionPage.omit({ nodes: true, footnotes: true })),
  ...situation,
});
export type Instructions = z.infer<typeof Instructions>;
export const InstructionPageView = z.strictObject({ page: InstructionPage, ...situation });
export type InstructionPageView = z.infer<typeof InstructionPageView>;

const changed = { step: StepState, progress: ProgressTotals };
/** In which hints, messages and feedback are answered. */
const inLanguage = { language: Language.optional() };
export const TickStep = z.strictObject({ done: z.boolean(), ...inLanguage });
export const ChangedStep = z.strictObject(changed);
export type ChangedStep = z.infer<typeof ChangedStep>;

/** `auto`: not asked for by a person; answered from the last run when that is recent. */
export const RunCheck = z.strictObject({
  check: PageAnchor.optional(),
  auto: z.boolean().default(false),
  ...inLanguage,
});
export const CheckRun = CheckState.extend({
  /** What it printed; only for the author of the lab. */
  output: z.string().optional(),
  exitCode: z.int().nullable().optional(),
});
export type CheckRun = z.infer<typeof CheckRun>;
export const CheckResult = z.strictObject({
  /** Whether all that were run passed. */
  passed: z.boolean(),
  message: z.string().optional(),
  checks: z.array(CheckRun),
  ...changed,
});
export type CheckResult = z.infer<typeof CheckResult>;

export const AnswerQuiz = z.strictObject({ answer: QuizGiven, ...inLanguage });
export const QuizResult = z.strictObject({
  correct: z.boolean(),
  attemptsLeft: z.int().nullable(),
  ...quizFeedback,
  ...changed,
});
export type QuizResult = z.infer<typeof QuizResult>;

/** Without a name: the next one. */
export const TakeHint = z.strictObject({ hint: PageAnchor.optional(), ...inLanguage });
export const TakenHint = z.strictObject({ hint: OpenedHint, cost: z.number(), ...changed });
export type TakenHint = z.infer<typeof TakenHint>;

export const PutAnswer = z.strictObject({ value: freeText(1000) });
/** Staff name the person; without a name it is the session's owner. */
export const ReopenStep = z.strictObject({ userId: z.uuid().optional() });
