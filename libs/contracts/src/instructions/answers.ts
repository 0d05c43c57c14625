import { z } from 'zod';
import { DnsLabel } from '../session/session-spec.js';
import { PageBlock } from './blocks.js';
import { PageAnchor, PageFile } from './inlines.js';
import { PageTemplate } from './template.js';

/** What the output of a check must be like; without one its exit code decides. */
export const CheckExpectation = z.discriminatedUnion('kind', [
  /** The output contains the text. */
  z.strictObject({ kind: z.literal('text'), text: PageTemplate }),
  /** RE2 syntax: matched in linear time. */
  z.strictObject({ kind: z.literal('regex'), source: z.string(), flags: z.string().regex(/^[ims]*$/) }),
  /** The output is JSON and has the value there; compared as text. */
  z.strictObject({
    kind: z.literal('json'),
    path: z.array(z.union([z.string(), z.int().min(0)])),
    value: PageTemplate,
  }),
]);
export type CheckExpectation = z.infer<typeof CheckExpectation>;

/** What looks inside a system to see whether a step is done. */
export const CheckDefinition = z.strictObject({
  id: PageAnchor,
  step: PageAnchor,
  system: DnsLabel,
  /** For `sh -c`; each variable becomes one literal argument. */
  run: PageTemplate,
  /** A file of the lab folder that is piped into `run`, so that the lab's user cannot replace it. */
  stdin: PageFile.optional(),
  expect: CheckExpectation.optional(),
  timeoutS: z.number().positive(),
  /** Tried that often again before it counts as failed. */
  retries: z.int().min(0),
  autoS: z.number().positive().optional(),
  message: z.string().optional(),
});
export type CheckDefinition = z.infer<typeof CheckDefinition>;

export const HintBody = z.strictObject({
  id: PageAnchor,
  step: PageAnchor,
  cost: z.number().min(0),
  children: z.array(PageBlock),
});
export type HintBody = z.infer<typeof HintBody>;

const feedback = { feedback: z.array(PageBlock).optional() };
const optionFeedback = { optionFeedback: z.record(z.string(), z.array(PageBlock)) };
/** What is right. `feedback` is shown after every answer, `optionFeedback` for the options that were chosen. */
export const QuizAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single'), correct: z.string(), ...optionFeedback, ...feedback }),
  z.strictObject({ kind: z.literal('multiple'), correct: z.array(z.string()), ...optionFeedback, ...feedback }),
  z.strictObject({
    kind: z.literal('text'),
    accept: z.array(PageTemplate).min(1),
    caseSensitive: z.boolean(),
    ...feedback,
  }),
  z.strictObject({ kind: z.literal('number'), correct: z.number(), tolerance: z.number().min(0), ...feedback }),
]);
export type QuizAnswer = z.infer<typeof QuizAnswer>;

/** What stays on the server, by id. */
export const InstructionAnswers = z.strictObject({
  checks: z.record(PageAnchor, CheckDefinition),
  hints: z.record(PageAnchor, HintBody),
  quizzes: z.record(PageAnchor, QuizAnswer),
});
export type InstructionAnswers = z.infer<typeof InstructionAnswers>;
