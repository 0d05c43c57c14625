import type { CompiledInstructions, Diagnostic, LanguageInstructions } from '@lab-orchestrator/contracts';
import { labLimits, measurePage, pageLimits } from '../source/limits.js';
import { disagreements } from './agreement.js';
import { answersOf, compileLanguage, type LanguageResult } from './compile-language.js';
import type { LabSources } from './lab-sources.js';
import { type ParsedPage, parsePage } from './parse-page.js';

const TOO_MUCH = `the pages are too many or hold too much: expected at most ${labLimits.pages} of ${labLimits.bytes / 2 ** 20} MiB together`;
const TOO_SLOW =
  'reading the pages took too long up to this one; are there many boxes, tables or marks in it or before it?';

export interface CompiledLab {
  /** As far as the pages could be compiled: a lab with errors can be previewed, not published. */
  instructions: CompiledInstructions;
  diagnostics: Diagnostic[];
}

/**
 * Compiles all pages of a lab in all its languages. Never throws for what the pages hold; all mistakes come at once.
 * @param now milliseconds of a clock that only goes forward
 */
export function compileInstructions(lab: LabSources, now: () => number = () => performance.now()): CompiledLab {
  const until = now() + labLimits.timeMs;
  const { folder, languages } = lab;
  const files = pageFiles(lab);
  const texts = new Map([...files.values()].flat().map((file) => [file, lab.read(file)] as const));
  if (isTooMuch([...texts.values()].map((text) => text ?? ''))) return refused(folder, 'pages_too_large', TOO_MUCH);

  const diagnostics: Diagnostic[] = [];
  const results: LanguageResult[] = [];
  let first: { language: string; parsed: ParsedPage[]; pages: LanguageResult['pages'] } | undefined;
  for (const [index, language] of languages.entries()) {
    const parsed: ParsedPage[] = [];
    for (const file of files.get(language) ?? []) {
      if (now() > until) return refused(file, 'pages_too_slow', TOO_SLOW);
      parsed.push(parsePage(file, texts.get(file)));
    }
    if (parsed.length === 0) {
      diagnostics.push(missingPages(folder, language, index === 0));
      continue;
    }
    const result = compileLanguage(language, parsed, lab, first);
    diagnostics.push(...findingsOf(result, folder));
    if (results[0]) diagnostics.push(...disagreements(results[0], result, folder));
    first ??= { language, parsed, pages: result.pages };
    results.push(result);
  }
  return { instructions: instructionsOf(results), diagnostics };
}

function isTooMuch(texts: readonly string[]) {
  const sum = (of: (text: string) => number) => texts.reduce((total, text) => total + of(text), 0);
  // A page that is too large by itself is reported by its name.
  const bytes = sum((text) => Math.min(text.length, pageLimits.bytes));
  if (texts.length > labLimits.pages || bytes > labLimits.bytes) return true;
  return sum((text) => measurePage(text).weight) > labLimits.weight;
}

/** The files of each language's pages, in the order of their names. */
function pageFiles({ folder, languages, files }: LabSources): Map<string, string[]> {
  const all = [...files.keys()].filter((file) => file.endsWith('.md')).toSorted();
  return new Map(languages.map((tag) => [tag, all.filter((file) => file.startsWith(`${folder}/${tag}/`))] as const));
}

function findingsOf({ pages, borrowed, language }: LanguageResult, folder: string): Diagnostic[] {
  const own = pages.filter((page) => !borrowed.includes(page));
  const untranslated = borrowed.map(({ page }) => ({
    ...warning(`${folder}/${language}`, 'page_missing'),
    message: `there is no page "${page.slug}.md"; the one in the first language is shown instead`,
  }));
  return [...own.flatMap(({ context }) => context.report.diagnostics), ...untranslated];
}

const warning = (file: string, code: string) => ({ severity: 'warning' as const, file, path: '', code });

/** Only a warning: a lab without instructions is a playground, and a missing translation falls back to the first language. */
const missingPages = (folder: string, language: string, isFirst: boolean): Diagnostic => ({
  ...warning(`${folder}/${language}`, 'pages_missing'),
  message: isFirst
    ? 'there are no pages in the first language'
    : 'there are no pages; the first language is shown instead',
});

/** Nothing is compiled of a lab that would hold up everything else. */
const refused = (file: string, code: string, message: string): CompiledLab => ({
  instructions: { languages: [], steps: [], sets: [] },
  diagnostics: [{ severity: 'error', file, path: '', code, message }],
});

function instructionsOf(results: readonly LanguageResult[]): CompiledInstructions {
  const languages = results.map(({ language, pages }): LanguageInstructions => ({
    language,
    pages: pages.map(({ page }) => page),
    answers: answersOf(pages),
  }));
  return {
    languages,
    steps: languages[0]?.pages.flatMap(({ steps }) => steps) ?? [],
    sets: [...new Set(results.flatMap(({ sets }) => [...sets]))],
  };
}
