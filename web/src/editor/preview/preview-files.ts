import type { FileSource } from '../../instructions/instructions-context.js';
import { blobOf, type Content, type LabFiles } from '../model/lab-files.js';

let count = 0;
const numbers = new WeakMap<Uint8Array, number>();

/** A text names itself; bytes get a number, which a changed file does not keep. */
function nameOf(content: Content | undefined): string | number {
  if (content === undefined || typeof content === 'string') return content ?? '';
  const number = numbers.get(content) ?? (count += 1);
  numbers.set(content, number);
  return number;
}

/** Files from memory, as pages show them. */
export const previewFiles = (files: LabFiles): FileSource => ({
  key: (path) => ['preview-file', path, nameOf(files.get(path))],
  fetch: async (path) => {
    const content = files.get(path);
    if (content === undefined) throw new Error(`there is no file ${path}`);
    return blobOf(path, content);
  },
});
