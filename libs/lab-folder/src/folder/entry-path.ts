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

/** Where `reference`, written in the file `from`, points to; undefined when that is outside the folder. */
export function resolvePath(from: string, reference: string): string | undefined {
  if (reference.startsWith('/') || reference.includes('\\')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of reference.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/').normalize('NFC');
}

/** Shortened and without control characters, so that a message can show a hostile name. */
const printable = (name: string) => JSON.stringify(name.slice(0, 120)).slice(1, -1);
