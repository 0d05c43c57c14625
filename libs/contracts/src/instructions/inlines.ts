import { z } from 'zod';
import { DnsLabel } from '../session/session-spec.js';
import { PageTemplate, PageText, PageVariable } from './template.js';

/** A name of a page: its file without folder, language and ending. */
export const PageSlug = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,99}$/u);
/** What links and the API call a step, a quiz, a heading, a footnote. */
export const PageAnchor = z.string().regex(/^[\p{L}\p{N}_-][\p{L}\p{N}_.-]{0,119}$/u);
/** The path of a file of the lab folder, from its top: `pages/en/network.svg`. Never outside, never a URL. */
export const PageFile = z
  .string()
  .max(512)
  .refine((path) => path !== '' && !path.startsWith('/') && !path.split('/').includes('..') && !/[\\:]/.test(path));
/** An address outside the lab: https, http or mailto. */
export const PageUrl = z
  .string()
  .max(2048)
  .regex(/^(https?:\/\/|mailto:)[^\s<>"'`\\]+$/i);

export const PageBreak = z.strictObject({ type: z.literal('break') });
/** Only text and variables, not Markdown. */
export const PageInlineCode = z.strictObject({ type: z.literal('inlineCode'), children: PageTemplate });
/** TeX source; the web app renders it. */
export const PageInlineMath = z.strictObject({ type: z.literal('inlineMath'), tex: z.string() });
export const PagePicture = z.strictObject({
  type: z.literal('picture'),
  file: PageFile,
  alt: z.string(),
  title: z.string().optional(),
});
/** Points to `PageFootnote.id` at the end of the page. */
export const PageFootnoteReference = z.strictObject({
  type: z.literal('footnoteReference'),
  id: PageAnchor,
  number: z.int().positive(),
});

export const PageEmphasis = z.strictObject({
  type: z.literal('emphasis'),
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});
export const PageStrong = z.strictObject({
  type: z.literal('strong'),
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});
export const PageDelete = z.strictObject({
  type: z.literal('delete'),
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});
/** Leaves the platform: opens in a new tab, without a referrer. */
export const PageLink = z.strictObject({
  type: z.literal('link'),
  url: PageUrl,
  title: z.string().optional(),
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});
/** To another page of the lab, or to a step, quiz or heading of it. */
export const PagePageLink = z.strictObject({
  type: z.literal('pageLink'),
  page: PageSlug,
  anchor: PageAnchor.optional(),
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});
/** Offers a file of the lab folder for download. */
export const PageDownload = z.strictObject({
  type: z.literal('download'),
  file: PageFile,
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});
/** Brings a system's tab to the front; without `access` its first one. */
export const PageSystemLink = z.strictObject({
  type: z.literal('systemLink'),
  system: DnsLabel,
  access: DnsLabel.optional(),
  get children(): z.ZodType<PageInline[]> {
    return z.array(PageInline);
  },
});

/** What stands inside a line. */
export const PageInline: z.ZodType<PageInline> = z.discriminatedUnion('type', [
  PageText,
  PageVariable,
  PageBreak,
  PageInlineCode,
  PageInlineMath,
  PagePicture,
  PageFootnoteReference,
  PageEmphasis,
  PageStrong,
  PageDelete,
  PageLink,
  PagePageLink,
  PageDownload,
  PageSystemLink,
]);

/** Written out, because the type of a schema that holds itself cannot be inferred. */
interface Holds<Type extends string> {
  type: Type;
  children: PageInline[];
}
export type PageEmphasis = Holds<'emphasis'>;
export type PageStrong = Holds<'strong'>;
export type PageDelete = Holds<'delete'>;
export interface PageLink extends Holds<'link'> {
  url: string;
  title?: string;
}
export interface PagePageLink extends Holds<'pageLink'> {
  page: string;
  anchor?: string;
}
export interface PageDownload extends Holds<'download'> {
  file: string;
}
export interface PageSystemLink extends Holds<'systemLink'> {
  system: string;
  access?: string;
}
export type PageInline =
  | z.infer<typeof PageText>
  | z.infer<typeof PageVariable>
  | z.infer<typeof PageBreak>
  | z.infer<typeof PageInlineCode>
  | z.infer<typeof PageInlineMath>
  | z.infer<typeof PagePicture>
  | z.infer<typeof PageFootnoteReference>
  | PageEmphasis
  | PageStrong
  | PageDelete
  | PageLink
  | PagePageLink
  | PageDownload
  | PageSystemLink;
