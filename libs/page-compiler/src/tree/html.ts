import type { Html } from 'mdast';
import { shortened } from '../source/page-report.js';
import type { PageContext } from './page-context.js';

/** HTML is never shown. Comments are left out without a word, everything else is reported. */
export function reportHtml(node: Html, page: PageContext) {
  if (isComment(node.value.trim())) return;
  const beginning = node.value.trim().split('\n')[0] ?? '';
  const message = `HTML is not shown ("${shortened(beginning)}"); write Markdown, or put it between backticks`;
  page.report.error(node.position?.start, 'html', 'html_refused', message);
}

const isComment = (html: string) => html.startsWith('<!--') && html.indexOf('-->', 4) === html.length - 3;
