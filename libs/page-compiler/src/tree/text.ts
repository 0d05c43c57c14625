import type { PageInline } from '@lab-orchestrator/contracts';
import type { Text } from 'mdast';
import { directiveNames } from '../directives/directive-table.js';
import type { Place } from '../source/page-report.js';
import { placeholdersIn } from '../variables/placeholders.js';
import { splitTemplate, unknownVariable } from '../variables/template.js';
import type { PageContext } from './page-context.js';

/** Text, cut at its variables. A backslash before the braces keeps them as they are. */
export function compileText(node: Text, page: PageContext): PageInline[] {
  if (node.value.includes(':')) reportLostDirectives(node, page);
  if (!node.value.includes('{{')) return node.value === '' ? [] : [{ type: 'text', value: node.value }];
  const places = placesOf(node, page);
  return splitTemplate(node.value, (name, offset) => {
    const at = places.get(offset);
    if (!at) return false;
    if (page.shared.variables.has(name)) return true;
    unknownVariable(name, page, at);
    return false;
  });
}

/** Where each placeholder of the text stands in the page. Without a place it was escaped: `\{{`, `&#123;{`. */
function placesOf(node: Text, page: PageContext): Map<number, Place> {
  const places = new Map<number, Place>();
  const end = node.position?.end.offset ?? 0;
  let from = node.position?.start.offset ?? 0;
  for (const { offset, length } of placeholdersIn(node.value)) {
    const found = page.text.indexOf(node.value.slice(offset, offset + length), from);
    if (found < 0 || found >= end) continue;
    if (page.text[found - 1] !== '\\') places.set(offset, page.report.place(found));
    from = found + length;
  }
  return places;
}

/** Directives that Markdown took for text: in the middle of a line, or with attributes that cannot be read. */
function reportLostDirectives(node: Text, page: PageContext) {
  for (const match of node.value.matchAll(/(?<!:):{1,8}([a-z]{3,12})(?=[[{])/g)) {
    const name = match[1] ?? '';
    if (!directiveNames.has(name)) continue;
    const written = page.text.indexOf(match[0], node.position?.start.offset ?? 0);
    page.report.error(
      written < 0 ? node.position?.start : page.report.place(written),
      name,
      'directive_unreadable',
      `"${match[0]}" is not read as a directive: it stands on a line of its own, with attributes like {name="value"}`,
    );
  }
  const onlyColons = /^:{3,}$/.exec(node.value.trim());
  if (onlyColons)
    page.report.error(
      node.position?.start,
      onlyColons[0],
      'box_end_without_box',
      'this ends no box; a box around other boxes needs more colons than they have, at both ends',
    );
}
