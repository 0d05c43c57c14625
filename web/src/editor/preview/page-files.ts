import { baseName, type LabFiles } from '../model/lab-files.js';
import type { LabNames } from '../model/lab-names.js';

/** A page as learners know it. */
export interface PageName {
  language: string;
  slug: string;
}

const slugOf = (path: string) => baseName(path).replace(/\.md$/, '');

/** The page that a file is, if it is one. */
export function pageIn(
  path: string | undefined,
  { folder, languages }: Pick<LabNames, 'folder' | 'languages'>,
): PageName | undefined {
  if (path?.endsWith('.md') !== true || !path.startsWith(`${folder}/`)) return undefined;
  const language = path.slice(folder.length + 1).split('/')[0] ?? '';
  return languages.includes(language) ? { language, slug: slugOf(path) } : undefined;
}

/** The file of a page. */
export const fileOf = (
  files: LabFiles,
  { folder }: Pick<LabNames, 'folder'>,
  { language, slug }: PageName,
): string | undefined =>
  [...files.keys()].find(
    (path) => path.startsWith(`${folder}/${language}/`) && path.endsWith('.md') && slugOf(path) === slug,
  );
