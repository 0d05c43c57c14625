import { entryPath, folderLimits } from '@lab-orchestrator/lab-folder/check';
import type { LabFiles } from './lab-files.js';
import { sizeOf } from './lab-files.js';

export type PathProblem = 'empty' | 'invalid' | 'taken' | 'folder';

/** Why a file cannot have this path; the server would refuse the lab with it. */
export function pathProblem(files: LabFiles, path: string): PathProblem | undefined {
  if (path === '') return 'empty';
  try {
    if (entryPath(path) !== path) return 'invalid';
  } catch {
    return 'invalid';
  }
  if (files.has(path)) return 'taken';
  const inside = [...files.keys()].some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  return inside ? 'folder' : undefined;
}

/** One file may be as large as pages can serve it; all together as large as a lab may be. */
export const uploadLimits = {
  fileBytes: 25 * 2 ** 20,
  labBytes: folderLimits.bytes,
  files: folderLimits.files,
} as const;

export type UploadProblem = 'fileTooLarge' | 'labTooLarge' | 'tooManyFiles';

/** Why so many bytes more do not fit into the lab. */
export function uploadProblem(files: LabFiles, bytes: number): UploadProblem | undefined {
  if (bytes > uploadLimits.fileBytes) return 'fileTooLarge';
  if (files.size >= uploadLimits.files) return 'tooManyFiles';
  const used = [...files.values()].reduce((sum, content) => sum + sizeOf(content), 0);
  return used + bytes > uploadLimits.labBytes ? 'labTooLarge' : undefined;
}

/** A name that a file of somebody's computer can have in a lab: no blanks, no marks that Markdown reads. */
export const tidyName = (name: string): string =>
  name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+/, '') || 'file';

/** The path, with a number where there is a file of that name already. */
export function freePath(files: LabFiles, path: string): string {
  const dot = path.lastIndexOf('.');
  const [stem, ending] = dot > path.lastIndexOf('/') ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
  let free = path;
  for (let number = 2; pathProblem(files, free) !== undefined && number < 1_000; number += 1)
    free = `${stem}-${number}${ending}`;
  return free;
}

/** The path of one more page behind those of a language: `pages/en/03-page.md`. */
export function nextPagePath(files: LabFiles, folder: string, language: string): string {
  const start = `${folder}/${language}/`;
  const numbers = [...files.keys()]
    .filter((path) => path.startsWith(start) && path.endsWith('.md'))
    .map((path) => Number.parseInt(path.slice(start.length), 10))
    .filter((number) => Number.isInteger(number));
  const next = String(Math.max(0, ...numbers) + 1).padStart(2, '0');
  return freePath(files, `${start}${next}-page.md`);
}
