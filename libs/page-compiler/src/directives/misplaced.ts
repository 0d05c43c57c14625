import { shortened } from '../source/page-report.js';
import { suggest } from '../source/suggest.js';
import type { PageContext } from '../tree/page-context.js';
import type { Directive } from './attributes.js';
import { directiveNames, directiveTable, type DirectiveName, formExamples } from './directive-table.js';

export function reportUnknown(node: Directive, page: PageContext) {
  const message = `there is no directive "${shortened(node.name)}"${suggest(node.name, directiveNames)}`;
  page.report.error(node.position?.start, node.name, 'unknown_directive', message);
}

export function reportWrongForm(node: Directive, name: DirectiveName, page: PageContext) {
  const message = `"${name}" is written as ${formExamples[directiveTable[name].form](name)}`;
  page.report.error(node.position?.start, name, 'directive_form', message);
}

export function reportWrongPlace(node: Directive, code: string, message: string, page: PageContext) {
  page.report.error(node.position?.start, node.name, code, message);
}

/** A box without its end takes in the rest of the page. */
export function reportOpenBox(node: Directive, page: PageContext) {
  const end = node.position?.end.offset;
  if (end === undefined || /(?:^|\n)[ \t>]{0,64}:{3,}[ \t]*$/.test(page.text.slice(Math.max(0, end - 200), end)))
    return;
  const message = `"${node.name}" is not ended; write its colons again on a line of their own`;
  page.report.error(node.position?.start, node.name, 'box_not_closed', message);
}
