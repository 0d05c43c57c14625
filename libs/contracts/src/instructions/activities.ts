import { z } from 'zod';
import { VariableName } from '../lab-file/lab-file.js';
import { DnsLabel } from '../session/session-spec.js';
import { PageAnchor, PageInline } from './inlines.js';
import { PageTemplate } from './template.js';

/** Typed into a terminal when clicked, never by itself. `enter: false` leaves the line for the learner to finish. */
export const PageCommand = z.strictObject({
  type: z.literal('command'),
  id: PageAnchor,
  system: DnsLabel,
  access: DnsLabel,
  run: PageTemplate,
  enter: z.boolean(),
  label: z.string().optional(),
});
/** Copied into the learner's clipboard, or into that system's. */
export const PageCopy = z.strictObject({
  type: z.literal('copy'),
  id: PageAnchor,
  text: PageTemplate,
  system: DnsLabel.optional(),
  label: z.string().optional(),
});
/** What it runs is kept on the server, under the same id. */
export const PageCheck = z.strictObject({
  type: z.literal('check'),
  id: PageAnchor,
  /** Shown while it does not pass. */
  message: z.string().optional(),
  /** What the button says. */
  label: z.string().optional(),
  /** Runs by itself that often, in seconds, while somebody looks and until it passes. */
  autoS: z.number().positive().optional(),
});
/** The place where a step is ticked by hand. */
export const PageTick = z.strictObject({ type: z.literal('tick'), label: z.string().optional() });
/** Not opened yet: the body comes on request, and costs points. */
export const PageHint = z.strictObject({
  type: z.literal('hint'),
  id: PageAnchor,
  cost: z.number().min(0),
  title: z.string().optional(),
});
/** A line the learner fills in; its text is the variable from then on. */
export const PageSet = z.strictObject({
  type: z.literal('set'),
  name: VariableName,
  label: z.string(),
  placeholder: z.string().optional(),
});

export const quizKinds = ['single', 'multiple', 'text', 'number'] as const;
export type QuizKind = (typeof quizKinds)[number];
/** One choice of a quiz; which are right is kept on the server. */
export const PageQuizOption = z.strictObject({ id: z.string(), children: z.array(PageInline) });
export type PageQuizOption = z.infer<typeof PageQuizOption>;
