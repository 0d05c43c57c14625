import { z } from 'zod';
import { Language } from '../lab-file/lab-file.js';
import { PageBlock } from './blocks.js';
import { PageAnchor, PageSlug } from './inlines.js';

/** A step is ticked by hand, passed by its checks, or answered. */
export const stepKinds = ['tick', 'check', 'quiz'] as const;
/** Something to be done on a page. Ids are unique in a lab and the same in all its languages; so is all but the title. */
export const StepDefinition = z.strictObject({
  id: PageAnchor,
  page: PageSlug,
  kind: z.enum(stepKinds),
  title: z.string(),
  points: z.number().min(0),
  /** Of a quiz; without it there is no limit. */
  attempts: z.int().positive().optional(),
  /** Ids of its checks, in their order; all have to pass. */
  checks: z.array(PageAnchor),
  /** Its hints in their order, with what each costs. */
  hints: z.array(z.strictObject({ id: PageAnchor, cost: z.number().min(0) })),
});
export type StepDefinition = z.infer<typeof StepDefinition>;

export const PageFootnote = z.strictObject({
  id: PageAnchor,
  number: z.int().positive(),
  children: z.array(PageBlock),
});
export type PageFootnote = z.infer<typeof PageFootnote>;

/** A page as learners get it: no answer, no command of a check, no body of a hint is in it. */
export const InstructionPage = z.strictObject({
  slug: PageSlug,
  title: z.string(),
  /** Pages are shown by this number, then by name. */
  order: z.number(),
  durationS: z.int().positive().optional(),
  /** Of the text; another one than asked for when the page is not translated. */
  language: Language,
  nodes: z.array(PageBlock),
  footnotes: z.array(PageFootnote),
  /** In the order in which they stand on the page. */
  steps: z.array(StepDefinition),
});
export type InstructionPage = z.infer<typeof InstructionPage>;
