import { PageAnchor, type PageInline } from '@lab-orchestrator/contracts';
import type { FootnoteReference, PhrasingContent } from 'mdast';
import { compileTextDirective } from '../directives/text-directives.js';
import { codeTemplate } from '../variables/template.js';
import { reportHtml } from './html.js';
import { compileLink, compilePicture } from './links.js';
import type { PageContext } from './page-context.js';
import { compileText } from './text.js';

/** Text next to text becomes one. */
export function compileInlines(nodes: readonly PhrasingContent[], page: PageContext): PageInline[] {
  const result: PageInline[] = [];
  for (const node of nodes)
    for (const inline of compileInline(node, page)) {
      const last = result.at(-1);
      if (last?.type === 'text' && inline.type === 'text') last.value += inline.value;
      else result.push(inline);
    }
  return result;
}

/** What is not named here does not come through. */
function compileInline(node: PhrasingContent, page: PageContext): PageInline[] {
  switch (node.type) {
    case 'text':
      return compileText(node, page);
    case 'emphasis':
    case 'strong':
    case 'delete':
      return [{ type: node.type, children: page.inlines(node.children) }];
    case 'inlineCode':
      return [{ type: 'inlineCode', children: codeTemplate(node.value, page, node.position?.start) }];
    case 'inlineMath':
      return [{ type: 'inlineMath', tex: node.value }];
    case 'break':
      return [{ type: 'break' }];
    case 'link':
    case 'linkReference':
      return compileLink(node, page);
    case 'image':
    case 'imageReference':
      return compilePicture(node, page);
    case 'footnoteReference':
      return compileFootnoteReference(node, page);
    case 'textDirective':
      return compileTextDirective(node, page);
    case 'html':
      reportHtml(node, page);
      return [];
  }
}

/** Numbers notes in the order in which they are first spoken of. */
function compileFootnoteReference(node: FootnoteReference, page: PageContext): PageInline[] {
  const definition = page.footnoteDefinitions.get(node.identifier);
  if (!definition) return [];
  const known = page.footnotes.find(({ id }) => id === node.identifier);
  if (known) return [{ type: 'footnoteReference', id: known.id, number: known.number }];
  if (!PageAnchor.safeParse(node.identifier).success) {
    page.report.error(
      node.position?.start,
      node.identifier,
      'footnote_name',
      'footnotes are named by letters and digits',
    );
    return [];
  }
  const footnote = { id: node.identifier, number: page.footnotes.length + 1, children: [] };
  page.footnotes.push(footnote);
  return [{ type: 'footnoteReference', id: footnote.id, number: footnote.number }];
}
