import type { InstructionPage } from '@lab-orchestrator/contracts';
import type { Root } from 'mdast';
import { compileBlocks } from '../tree/blocks.js';
import { compileInlines } from '../tree/inlines.js';
import { type LanguageContext, PageContext } from '../tree/page-context.js';
import { plainText } from '../tree/plain-text.js';
import { type FrontMatter, readFrontMatter } from './front-matter.js';
import type { ParsedPage } from './parse-page.js';

/** A page with what else came of it. Links to other pages are not yet checked. */
export interface PageResult {
  page: InstructionPage;
  context: PageContext;
}

/** Turns a parsed page into the tree for learners and the answers for the server. */
export function compilePage(parsed: ParsedPage, shared: LanguageContext): PageResult {
  const compile = { blocks: compileBlocks, inlines: compileInlines };
  const context = new PageContext(parsed.file, parsed.slug, parsed.text, shared, compile);
  context.report.diagnostics.push(...parsed.diagnostics);
  reportRepeatedPage(parsed, context);
  const { root } = parsed;
  collectDefinitions(root, context);
  const [first] = root.children;
  const front = first?.type === 'yaml' ? readFrontMatter(first, context.report) : {};
  const nodes = context.blocks(root.children);
  compileFootnotes(context);
  keepHeadingsApart(context);
  const page = { slug: parsed.slug, language: shared.language, nodes, footnotes: context.footnotes };
  return { page: { ...page, ...frontOf(front, root, parsed.slug), steps: context.steps }, context };
}

function frontOf({ title, order, durationS }: FrontMatter, root: Root, slug: string) {
  const heading = root.children.find((node) => node.type === 'heading');
  return {
    title: title ?? ((heading && plainText(heading.children).trim()) || slug),
    // Pages without a number come behind those that have one.
    order: order ?? 1_000_000,
    ...(durationS !== undefined && { durationS }),
  };
}

/** Addresses and notes may stand anywhere, also behind their use and inside of boxes. The first of a name counts. */
function collectDefinitions(root: Root, context: PageContext) {
  if (!context.text.includes(']:')) return;
  const open: Array<Root | Root['children'][number]> = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'definition' && !context.definitions.has(node.identifier))
      context.definitions.set(node.identifier, node);
    if (node.type === 'footnoteDefinition' && !context.footnoteDefinitions.has(node.identifier))
      context.footnoteDefinitions.set(node.identifier, node);
    if ('children' in node) open.push(...node.children.toReversed());
  }
}

/** Notes may refer to further notes, which join the end of the list. */
function compileFootnotes(context: PageContext) {
  for (const footnote of context.footnotes) {
    const definition = context.footnoteDefinitions.get(footnote.id);
    footnote.children = context.inside('box', undefined, () => context.blocks(definition?.children ?? []));
  }
}

/** An anchor leads to one place: the step keeps its id, a heading of the same name steps back. */
function keepHeadingsApart({ headings, steps }: PageContext) {
  const ids = new Set(steps.map(({ id }) => id));
  for (const heading of headings) if (ids.has(heading.id)) heading.id = `${heading.id}-heading`;
}

/** Pages are known by the name of their file; folders below the language are only for its author's order. */
function reportRepeatedPage({ slug, file }: ParsedPage, { report, shared }: PageContext) {
  const other = shared.seen.pages.get(slug);
  if (other !== undefined)
    report.error({ line: 1, column: 1 }, slug, 'duplicate_page', `there is another page "${slug}", ${other}`);
  shared.seen.pages.set(slug, file);
}
