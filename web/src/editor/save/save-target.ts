import type { CommonOptions } from '../../api/routes.js';
import type { SavedVersion } from '../model/lab-editing.js';
import type { LabFiles } from '../model/lab-files.js';

/** What a save makes: one more version, or a lab that was not there. */
export interface SaveTarget {
  kind: 'version' | 'new' | 'renamed' | 'copy';
  slug: string;
}

/** The id as it is written in the lab file. */
export function idIn(files: LabFiles): string | undefined {
  const text = files.get('lab.yaml');
  return typeof text === 'string' ? /^id:[ \t]*["']?([a-z][a-z0-9-]*)/m.exec(text)?.[1] : undefined;
}

/** The title as it is written in the lab file, without its quotes. */
export function titleIn(files: LabFiles): string | undefined {
  const text = files.get('lab.yaml');
  const written = typeof text === 'string' ? /^title:[ \t]*(\S.*?)[ \t]*\r?$/m.exec(text)?.[1] : undefined;
  return written?.replace(/^(["'])(.*)\1$/, '$2') || undefined;
}

/** The server knows a lab by its owner and its id: another of either is another lab. */
export function saveTarget(files: LabFiles, saved: SavedVersion | undefined, own: boolean): SaveTarget {
  const slug = idIn(files) ?? saved?.slug ?? '';
  if (saved === undefined) return { kind: 'new', slug };
  if (!own) return { kind: 'copy', slug };
  return { kind: slug === saved.slug ? 'version' : 'renamed', slug };
}

/** What has to hold on the server, so that a save overwrites nothing that was not seen. */
export const expectation = (
  { kind }: SaveTarget,
  saved: SavedVersion | undefined,
): Pick<CommonOptions, 'ifMatch' | 'ifNoneMatch'> =>
  kind === 'version' && saved !== undefined ? { ifMatch: `"${saved.digest}"` } : { ifNoneMatch: '*' };
