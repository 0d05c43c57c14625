import { type Diagnostic, PageSlug } from '@lab-orchestrator/contracts';
import type { Root } from 'mdast';
import { measurePage } from '../source/limits.js';
import { parseMarkdown } from '../source/parse-markdown.js';
import { shortened } from '../source/page-report.js';

export interface ParsedPage {
  file: string;
  /** Its file's name without the ending. */
  slug: string;
  text: string;
  root: Root;
  diagnostics: Diagnostic[];
}

/** Parses a page as far as it can be parsed; what cannot is an empty page with a finding. */
export function parsePage(file: string, text: string | undefined): ParsedPage {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.md$/, '');
  const slug = PageSlug.safeParse(name).success ? name : 'page';
  const empty: Root = { type: 'root', children: [] };
  const failed = (code: string, message: string, line?: number): ParsedPage => {
    const at = line === undefined ? {} : { line, column: 1 };
    return {
      file,
      slug,
      text: '',
      root: empty,
      diagnostics: [{ severity: 'error', file, ...at, path: '', code, message }],
    };
  };
  if (text === undefined) return failed('not_utf8', 'expected text in UTF-8');
  if (slug !== name)
    return failed('page_name', `"${shortened(name)}" cannot name a page; use letters, digits, "-" and "_"`);
  const { problem } = measurePage(text);
  if (problem) return failed(problem.code, problem.message, problem.line);
  try {
    return { file, slug, text, root: parseMarkdown(text), diagnostics: [] };
  } catch {
    // The limits should leave nothing that the parser cannot read; its bugs must not take the lab's other pages along.
    return failed('page_unreadable', 'the page cannot be read as Markdown');
  }
}
