import { shortened } from '../source/page-report.js';
import { suggest } from '../source/suggest.js';
import type { PendingLink } from '../tree/page-context.js';
import type { PageResult } from './compile-page.js';

/** Leads links to the page on which their step or heading is, and reports those that lead nowhere. */
export function resolveLinks(pages: readonly PageResult[]) {
  const anchors = new Map(pages.map(({ page, context }) => [page.slug, anchorsOf(context)]));
  const pageOfStep = new Map(pages.flatMap(({ page }) => page.steps.map(({ id }) => [id, page.slug] as const)));
  for (const { page, context } of pages)
    for (const link of context.pending) {
      const own = anchors.get(link.page ?? page.slug);
      if (own?.has(link.anchor)) continue;
      // "#ping" without a page means the step of that name, wherever it is.
      const elsewhere = link.page === undefined ? pageOfStep.get(link.anchor) : undefined;
      if (elsewhere !== undefined) link.node.page = elsewhere;
      else reportNowhere(link, pages, context);
    }
}

const anchorsOf = ({ steps, headings }: PageResult['context']) =>
  new Set([...steps.map(({ id }) => id), ...headings.map(({ id }) => id)]);

function reportNowhere(
  { node, at, page, anchor }: PendingLink,
  pages: readonly PageResult[],
  { report }: PageResult['context'],
) {
  delete node.anchor;
  const ids = pages.flatMap((each) =>
    page === undefined || each.page.slug === page ? each.page.steps.map(({ id }) => id) : [],
  );
  report.error(at, anchor, 'unknown_step', `there is no step "${shortened(anchor)}"${suggest(anchor, ids)}`);
}
