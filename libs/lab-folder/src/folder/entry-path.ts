import { FolderError } from './folder-error.js';

const maxLength = 512;
/** NUL and the other control characters: they hide what a name really is. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const controlCharacters = /[\u0000-\u001f\u007f]/;

/** The one spelling of a path inside a lab folder: relative, `/` between parts, NFC. Anything that leaves the folder is refused. */
export function entryPath(name: string): string {
  const path = name.normalize('NFC').replace(/^(\.\/)+/, '');
  if (path === '' || path.length > maxLength || controlCharacters.test(path))
    throw new FolderError('path_invalid', `"${printable(name)}" is not a usable file name`, printable(name));
  if (path.startsWith('/') || path.includes('\\') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..'))
    throw new FolderError('path_outside', `"${printable(name)}" points outside the folder`, printable(name));
  if (path.split('/').some((part) => part === '' || part === '.'))
    throw new FolderError('path_invalid', `"${printable(name)}" is not a usable file name`, printable(name));
  return path;
}

export { resolvePath } from '@lab-orchestrator/page-compiler';

/** Shortened and without control characters, so that a message can show a hostile name. */
const printable = (name: string) => JSON.stringify(name.slice(0, 120)).slice(1, -1);
