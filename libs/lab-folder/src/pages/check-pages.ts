import type { Diagnostic } from '@lab-orchestrator/contracts';
import type { Outline } from '../check/outline.js';
import { knownVariables } from '../check/rules/variables.js';
import { suggest } from '../check/suggest.js';
import { resolvePath } from '../folder/entry-path.js';
import type { FolderFiles } from '../folder/folder-files.js';
import { type PageOutline, type PageReference, scanPage } from './page-scanner.js';

interface Page extends PageOutline {
  file: string;
}

/** What pages point to is there: systems, access entries, steps, pages, pictures, variables. Step ids are unique. */
export function checkPages(outline: Outline, folder: FolderFiles): Diagnostic[] {
  return outline.languages.flatMap((language, index) => {
    const pages = pagesOf(`${outline.instructions}/${language}/`, folder);
    if (pages.length === 0) return [missingPages(outline.instructions, language, index === 0)];
    return [...repeatedSteps(pages), ...pages.flatMap((page) => checkPage(page, pages, outline, folder))];
  });
}

function pagesOf(directory: string, folder: FolderFiles): Page[] {
  const files = [...folder.keys()].filter((file) => file.startsWith(directory) && file.endsWith('.md')).toSorted();
  return files.map((file) => ({ file, ...scanPage(Buffer.from(folder.get(file) ?? []).toString('utf8')) }));
}

/** Only a warning: a lab without instructions is a playground, and a missing translation falls back to the first language. */
const missingPages = (instructions: string, language: string, isFirst: boolean): Diagnostic => ({
  severity: 'warning',
  file: `${instructions}/${language}`,
  path: '',
  code: 'pages_missing',
  message: isFirst
    ? 'there are no pages in the first language'
    : 'there are no pages; the first language is shown instead',
});

function repeatedSteps(pages: readonly Page[]): Diagnostic[] {
  const seen = new Map<string, string>();
  return pages.flatMap((page) =>
    page.steps.flatMap(({ id, ...at }) => {
      const other = seen.get(id);
      seen.set(id, page.file);
      return other === undefined
        ? []
        : [finding(page, at, `#${id}`, 'duplicate_step', `there is another step "${id}" in ${other}`)];
    }),
  );
}

function checkPage(page: Page, pages: readonly Page[], outline: Outline, folder: FolderFiles): Diagnostic[] {
  return page.references.flatMap((reference) => {
    const problem = problemOf(reference, page, pages, outline, folder);
    return problem ? [finding(page, reference, reference.target, problem.code, problem.message)] : [];
  });
}

function problemOf(
  reference: PageReference,
  page: Page,
  pages: readonly Page[],
  outline: Outline,
  folder: FolderFiles,
) {
  const { kind, target, within } = reference;
  const systems = outline.systems.flatMap(({ name }) => name ?? []);
  switch (kind) {
    case 'system':
      return systems.includes(target) ? undefined : unknown('system', target, systems);
    case 'access': {
      const system = outline.systems.find(({ name }) => name === within);
      const names = system?.access.flatMap(({ name }) => name ?? []) ?? [target];
      return names.includes(target) ? undefined : unknown('access', target, names);
    }
    case 'variable': {
      const names = new Set([...knownVariables(outline), ...systems.map((name) => `system.${name}.address`)]);
      return names.has(target) ? undefined : unknown('variable', target, names);
    }
    case 'media':
    case 'page': {
      const path = resolvePath(page.file, target);
      if (path === undefined) return { code: 'path_outside', message: `"${target}" points outside the folder` };
      return folder.has(path)
        ? undefined
        : { code: 'file_missing', message: `there is no file "${path}" in the folder` };
    }
    case 'step': {
      const other = within === undefined ? page : pages.find(({ file }) => file === resolvePath(page.file, within));
      // That the page itself is missing is reported once, as a page.
      if (!other || other.anchors.has(target)) return undefined;
      const ids = (within === undefined ? pages : [other]).flatMap(({ steps }) => steps.map(({ id }) => id));
      return ids.includes(target) ? undefined : unknown('step', target, ids);
    }
  }
}

const unknown = (what: string, target: string, known: Iterable<string>) => ({
  code: `unknown_${what}`,
  message: `there is no ${what} "${target.slice(0, 80)}"${suggest(target, known)}`,
});

const finding = (
  page: Page,
  { line, column }: { line: number; column: number },
  path: string,
  code: string,
  message: string,
): Diagnostic => ({
  severity: 'error',
  file: page.file,
  line,
  column,
  path,
  code,
  message,
});
