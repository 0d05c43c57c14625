import type { Place } from '../source/page-report.js';
import { shortened } from '../source/page-report.js';
import { resolvePath } from '../source/lab-path.js';
import type { PageContext } from './page-context.js';
import { svgProblem } from './svg-problem.js';
import { targetOf } from './target.js';

/** Those the file service has a media type for. */
const endings = {
  picture: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'svg'],
  video: ['webm', 'mp4'],
  audio: ['ogg', 'mp3', 'wav'],
  captions: ['vtt'],
} as const;
export type MediaKind = keyof typeof endings;

/** The file of the lab that a page shows, or undefined (then it was reported). Media never come from elsewhere. */
export function mediaFile(
  written: string,
  kind: MediaKind,
  page: PageContext,
  at: Place | undefined,
): string | undefined {
  const target = targetOf(written);
  const shown = shortened(written);
  if (target.kind === 'url')
    return refuse(
      page,
      at,
      written,
      'address_refused',
      `"${shown}" is not in the lab folder; ${kind} files come from there`,
    );
  if (target.kind === 'refused')
    return refuse(page, at, written, 'address_refused', `the address "${shown}" ${target.why}`);
  const file = existingFile(target.path, page, at);
  if (file === undefined) return undefined;
  const ending = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (!endings[kind].some((each) => each === ending))
    return refuse(
      page,
      at,
      written,
      'file_type',
      `"${shown}" is no ${kind} file: expected ${endings[kind].join(', ')}`,
    );
  const problem = ending === 'svg' ? svgProblem(page.shared.lab.read(file) ?? '') : undefined;
  if (problem !== undefined)
    return refuse(page, at, written, 'picture_refused', `the picture "${shown}" holds ${problem}`);
  return file;
}

/** The path from the top of the folder to a file that is there, or undefined (then it was reported). */
export function existingFile(path: string, page: PageContext, at: Place | undefined): string | undefined {
  const file = resolvePath(page.file, path);
  const shown = shortened(path);
  if (file === undefined) return refuse(page, at, path, 'path_outside', `"${shown}" points outside the folder`);
  if (file.length <= 512 && !file.includes(':') && page.shared.lab.files.has(file)) return file;
  return refuse(page, at, path, 'file_missing', `there is no file "${shortened(file)}" in the folder`);
}

function refuse(page: PageContext, at: Place | undefined, path: string, code: string, message: string): undefined {
  page.report.error(at, path, code, message);
  return undefined;
}
