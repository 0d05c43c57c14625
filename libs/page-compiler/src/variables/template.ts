import type { PageTemplate } from '@lab-orchestrator/contracts';
import type { PageContext } from '../tree/page-context.js';
import type { Place } from '../source/page-report.js';
import { shortened } from '../source/page-report.js';
import { suggest } from '../source/suggest.js';
import { variableNode } from './known-names.js';
import { placeholdersIn } from './placeholders.js';

/** Splits a text at its placeholders. What `accept` refuses stays text. */
export function splitTemplate(text: string, accept: (name: string, offset: number) => boolean): PageTemplate {
  if (!text.includes('{{')) return text === '' ? [] : [{ type: 'text', value: text }];
  const parts: PageTemplate = [];
  let from = 0;
  for (const { name, offset, length } of placeholdersIn(text)) {
    const node = accept(name, offset) ? variableNode(name) : undefined;
    if (!node) continue;
    if (offset > from) parts.push({ type: 'text', value: text.slice(from, offset) });
    parts.push(node);
    from = offset + length;
  }
  if (from < text.length) parts.push({ type: 'text', value: text.slice(from) });
  return parts;
}

/** A text in which every placeholder has to be known. */
export function strictTemplate(
  text: string,
  page: PageContext,
  at: (offset: number) => Place | undefined,
): PageTemplate {
  return splitTemplate(text, (name, offset) => {
    if (page.shared.variables.has(name)) return true;
    unknownVariable(name, page, at(offset));
    return false;
  });
}

/** Code may have braces of its own (Jinja, Go templates): only what is known is replaced there. */
export function codeTemplate(text: string, page: PageContext, at: Place | undefined): PageTemplate {
  return splitTemplate(text, (name) => {
    if (page.shared.variables.has(name)) return true;
    const close = suggest(name, page.shared.variables);
    if (close !== '')
      page.report.warning(
        at,
        name,
        'unknown_variable',
        `{{ ${shortened(name)} }} is not a variable and stays as it is${close}`,
      );
    return false;
  });
}

export function unknownVariable(name: string, page: PageContext, at: Place | undefined) {
  const message = `there is no variable "${shortened(name)}"${suggest(name, page.shared.variables)}`;
  page.report.error(at, name, 'unknown_variable', message);
}
