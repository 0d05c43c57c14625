import type { InstructionAnswers } from '@lab-orchestrator/contracts';
import type { LanguageContext } from '../tree/page-context.js';
import { knownNames } from '../variables/known-names.js';
import { compilePage, type PageResult } from './compile-page.js';
import type { LabSources } from './lab-sources.js';
import type { ParsedPage } from './parse-page.js';
import { resolveLinks } from './resolve-links.js';
import { setNames } from './set-names.js';

/** The pages of one language before they become part of the instructions. */
export interface LanguageResult {
  language: string;
  /** In the order in which they are shown. */
  pages: PageResult[];
  /** Of those, the pages in the first language, for which there is no translation. */
  borrowed: PageResult[];
  sets: ReadonlySet<string>;
}

/** Compiles the pages of one language; `first` has the pages to fall back to. */
export function compileLanguage(
  language: string,
  parsed: readonly ParsedPage[],
  lab: LabSources,
  first?: { language: string; parsed: readonly ParsedPage[]; pages: readonly PageResult[] },
): LanguageResult {
  const slugs = new Set(parsed.map(({ slug }) => slug));
  const untranslated = first?.parsed.filter(({ slug }) => !slugs.has(slug)) ?? [];
  const sets = setNames([...parsed, ...untranslated]);
  const shared: LanguageContext = {
    lab,
    language,
    variables: knownNames({ variables: lab.variables, systems: lab.systems, sets }),
    slugs: slugsByPath([...parsed, ...untranslated], [language, ...(first ? [first.language] : [])], lab.folder),
    seen: { pages: new Map(), steps: new Map(), sets: new Set() },
  };
  const own = parsed.map((page) => compilePage(page, shared));
  // A page may have been divided or renamed by its translator: then its steps are elsewhere, and it is not shown again.
  const isMissing = ({ slug }: ParsedPage) => {
    const steps = first?.pages.find(({ page }) => page.slug === slug)?.page.steps ?? [];
    return steps.length === 0 || steps.some(({ id }) => !shared.seen.steps.has(id));
  };
  const borrowed = untranslated
    .filter(isMissing)
    .map((page) => compilePage(page, { ...shared, language: first?.language ?? language }));
  const pages = [...own, ...borrowed].toSorted(
    (a, b) => a.page.order - b.page.order || (a.page.slug < b.page.slug ? -1 : 1),
  );
  resolveLinks(pages);
  return { language, pages, borrowed, sets };
}

/** Pages by their paths; also by the paths they would have in the other language, so that links reach what is shown instead. */
function slugsByPath(pages: readonly ParsedPage[], languages: readonly string[], folder: string) {
  const slugs = new Map<string, string>();
  for (const { file, slug } of pages) {
    const path = file.slice(folder.length + 1);
    const below = path.slice(path.indexOf('/') + 1);
    for (const language of languages) slugs.set(`${folder}/${language}/${below}`, slug);
  }
  return slugs;
}

/** What stays on the server, of all pages. */
export const answersOf = (pages: readonly PageResult[]): InstructionAnswers => ({
  checks: Object.assign({}, ...pages.map(({ context }) => context.answers.checks)),
  hints: Object.assign({}, ...pages.map(({ context }) => context.answers.hints)),
  quizzes: Object.assign({}, ...pages.map(({ context }) => context.answers.quizzes)),
});
