import { VariableName } from '@lab-orchestrator/contracts';
import type { Root } from 'mdast';
import type { ParsedPage } from './parse-page.js';

/** Names that `::set` stores on any of the pages: they may be used before, and on other pages. */
export function setNames(pages: readonly ParsedPage[]): Set<string> {
  const names = new Set<string>();
  for (const { root } of pages.filter(({ text }) => text.includes('::set'))) {
    const open: Array<Root | Root['children'][number]> = [root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.type === 'leafDirective' && node.name === 'set') {
        const name = VariableName.safeParse(node.attributes?.['name']);
        if (name.success) names.add(name.data);
      }
      if ('children' in node) open.push(...node.children);
    }
  }
  return names;
}
