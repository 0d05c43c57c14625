import type { PageBlock, PageListItem } from '@lab-orchestrator/contracts';
import type { Code, Heading, List, RootContent, Table } from 'mdast';
import type { Math } from 'mdast-util-math';
import { compileDirective } from '../directives/compile-directive.js';
import { codeTemplate } from '../variables/template.js';
import { reportHtml } from './html.js';
import type { PageContext } from './page-context.js';
import { plainText } from './plain-text.js';
import { slugOf } from './slug.js';

export const compileBlocks = (nodes: readonly RootContent[], page: PageContext): PageBlock[] =>
  nodes.flatMap((node) => compileBlock(node, page));

/** What is not named here does not come through. */
function compileBlock(node: RootContent, page: PageContext): PageBlock[] {
  switch (node.type) {
    case 'paragraph': {
      const children = page.inlines(node.children);
      return children.length === 0 ? [] : [{ type: 'paragraph', children }];
    }
    case 'heading':
      return [compileHeading(node, page)];
    case 'thematicBreak':
      return [{ type: 'thematicBreak' }];
    case 'blockquote':
      return [{ type: 'quote', children: page.inside('box', page.step, () => page.blocks(node.children)) }];
    case 'list':
      return [compileList(node, page)];
    case 'code':
      return [compileCode(node, page)];
    case 'math':
      return [compileMath(node)];
    case 'table':
      return [compileTable(node, page)];
    case 'html':
      reportHtml(node, page);
      return [];
    case 'containerDirective':
    case 'leafDirective':
      return compileDirective(node, page);
    // Read before, and found by those who refer to them.
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
      return [];
    default:
      page.report.error(node.position?.start, node.type, 'not_supported', `"${node.type}" cannot stand here`);
      return [];
  }
}

function compileHeading(node: Heading, page: PageContext): PageBlock {
  const title = slugOf(plainText(node.children)) || page.next('section');
  const taken = page.headings.filter(({ id }) => id === title || id.startsWith(`${title}-`));
  const id = taken.some((heading) => heading.id === title) ? page.next(title) : title;
  const heading = { type: 'heading' as const, level: node.depth, id, children: page.inlines(node.children) };
  page.headings.push(heading);
  return heading;
}

function compileList(node: List, page: PageContext): PageBlock {
  const items = page.inside('box', page.step, () =>
    node.children.map((item): PageListItem => {
      const children = page.blocks(item.children);
      return { ...(typeof item.checked === 'boolean' && { checked: item.checked }), children };
    }),
  );
  const start = node.ordered && typeof node.start === 'number' && node.start !== 1 ? { start: node.start } : {};
  return { type: 'list', ordered: node.ordered === true, ...start, items };
}

function compileCode(node: Code, page: PageContext): PageBlock {
  const title = /(?:^|\s)title="([^"]{1,200})"/.exec(node.meta?.slice(0, 500) ?? '')?.[1];
  const named = title === undefined ? {} : { title };
  const language = node.lang?.toLowerCase();
  if (language === 'mermaid') return { type: 'diagram', source: node.value, ...named };
  const children =
    language === 'literal'
      ? [{ type: 'text' as const, value: node.value }]
      : codeTemplate(node.value, page, node.position?.start);
  const isShown = language !== undefined && language !== 'literal' && /^[a-z0-9+#._-]{1,40}$/.test(language);
  return { type: 'code', ...(isShown && { language }), ...named, children };
}

const compileMath = (node: Math): PageBlock => ({ type: 'math', tex: node.value });

function compileTable(node: Table, page: PageContext): PageBlock {
  const [header, ...rows] = node.children.map((row) => row.children.map((cell) => page.inlines(cell.children)));
  return {
    type: 'table',
    align: (node.align ?? []).map((side) => side ?? null),
    header: header ?? [],
    rows,
  };
}
