import { z } from 'zod';
import * as activities from './activities.js';
import { PageAnchor, PageFile, PageInline } from './inlines.js';
import { PageTemplate } from './template.js';

export const PageParagraph = z.strictObject({ type: z.literal('paragraph'), children: z.array(PageInline) });
/** `id` is what `#links` point to. */
export const PageHeading = z.strictObject({
  type: z.literal('heading'),
  level: z.int().min(1).max(6),
  id: PageAnchor,
  children: z.array(PageInline),
});
export type PageHeading = z.infer<typeof PageHeading>;
export const PageThematicBreak = z.strictObject({ type: z.literal('thematicBreak') });
/** Code to read and copy, not to run. `language` is what the author wrote behind the fence, lower case. */
export const PageCode = z.strictObject({
  type: z.literal('code'),
  language: z
    .string()
    .regex(/^[a-z0-9+#._-]{1,40}$/)
    .optional(),
  title: z.string().optional(),
  children: PageTemplate,
});
/** Mermaid source. It is data: the web app renders it without network and without script. */
export const PageDiagram = z.strictObject({
  type: z.literal('diagram'),
  source: z.string(),
  title: z.string().optional(),
});
/** TeX source of a formula on a line of its own. */
export const PageMath = z.strictObject({ type: z.literal('math'), tex: z.string() });
export const PageTable = z.strictObject({
  type: z.literal('table'),
  /** One entry a column. */
  align: z.array(z.enum(['left', 'center', 'right']).nullable()),
  header: z.array(z.array(PageInline)),
  rows: z.array(z.array(z.array(PageInline))),
});
/** A caption track, WebVTT. */
export const PageTrack = z.strictObject({ file: PageFile, language: z.string(), label: z.string() });
export const PageVideo = z.strictObject({
  type: z.literal('video'),
  file: PageFile,
  poster: PageFile.optional(),
  tracks: z.array(PageTrack),
  title: z.string().optional(),
});
export const PageAudio = z.strictObject({
  type: z.literal('audio'),
  file: PageFile,
  tracks: z.array(PageTrack),
  title: z.string().optional(),
});

/** `checked` makes it an entry of a task list, which is shown and not stored. */
export const PageListItem = z.strictObject({
  checked: z.boolean().optional(),
  get children(): z.ZodType<PageBlock[]> {
    return z.array(PageBlock);
  },
});
/** `start` of an ordered list, when it is not 1. */
export const PageList = z.strictObject({
  type: z.literal('list'),
  ordered: z.boolean(),
  start: z.int().min(0).optional(),
  get items(): z.ZodType<PageListItem[]> {
    return z.array(PageListItem);
  },
});
export const PageQuote = z.strictObject({
  type: z.literal('quote'),
  get children(): z.ZodType<PageBlock[]> {
    return z.array(PageBlock);
  },
});
/** A box that folds out. */
export const PageKnowledge = z.strictObject({
  type: z.literal('knowledge'),
  title: z.string(),
  get children(): z.ZodType<PageBlock[]> {
    return z.array(PageBlock);
  },
});
/** What it is worth stands in the `StepDefinition` of the same id. */
export const PageStep = z.strictObject({
  type: z.literal('step'),
  id: PageAnchor,
  get children(): z.ZodType<PageBlock[]> {
    return z.array(PageBlock);
  },
});
/** The question is the title of the `StepDefinition` and the children; `options` are there for single and multiple only. */
export const PageQuiz = z.strictObject({
  type: z.literal('quiz'),
  id: PageAnchor,
  kind: z.enum(activities.quizKinds),
  options: z.array(activities.PageQuizOption).optional(),
  /** Behind the field of a number: `ms`. */
  unit: z.string().optional(),
  placeholder: z.string().optional(),
  get children(): z.ZodType<PageBlock[]> {
    return z.array(PageBlock);
  },
});

/** What stands on lines of its own. */
export const PageBlock: z.ZodType<PageBlock> = z.discriminatedUnion('type', [
  PageParagraph,
  PageHeading,
  PageThematicBreak,
  PageCode,
  PageDiagram,
  PageMath,
  PageTable,
  PageVideo,
  PageAudio,
  PageList,
  PageQuote,
  PageKnowledge,
  PageStep,
  PageQuiz,
  activities.PageCommand,
  activities.PageCopy,
  activities.PageCheck,
  activities.PageTick,
  activities.PageHint,
  activities.PageSet,
]);

/** Written out, because the type of a schema that holds itself cannot be inferred. */
interface Holds<Type extends string> {
  type: Type;
  children: PageBlock[];
}
export interface PageListItem {
  checked?: boolean;
  children: PageBlock[];
}
export interface PageList {
  type: 'list';
  ordered: boolean;
  start?: number;
  items: PageListItem[];
}
export type PageQuote = Holds<'quote'>;
export interface PageKnowledge extends Holds<'knowledge'> {
  title: string;
}
export interface PageStep extends Holds<'step'> {
  id: string;
}
export interface PageQuiz extends Holds<'quiz'> {
  id: string;
  kind: activities.QuizKind;
  options?: activities.PageQuizOption[];
  unit?: string;
  placeholder?: string;
}
export type PageBlock =
  | z.infer<typeof PageParagraph>
  | z.infer<typeof PageHeading>
  | z.infer<typeof PageThematicBreak>
  | z.infer<typeof PageCode>
  | z.infer<typeof PageDiagram>
  | z.infer<typeof PageMath>
  | z.infer<typeof PageTable>
  | z.infer<typeof PageVideo>
  | z.infer<typeof PageAudio>
  | PageList
  | PageQuote
  | PageKnowledge
  | PageStep
  | PageQuiz
  | z.infer<typeof activities.PageCommand>
  | z.infer<typeof activities.PageCopy>
  | z.infer<typeof activities.PageCheck>
  | z.infer<typeof activities.PageTick>
  | z.infer<typeof activities.PageHint>
  | z.infer<typeof activities.PageSet>;
