import { completeLabFile } from './complete-lab-file.js';
import { completePage } from './complete-page.js';
import type { Knowledge, Suggestions } from './suggestion.js';

/** What can be written at an offset of a file, by what kind of file it is. */
export function suggestFor(path: string, text: string, offset: number, knowledge: Knowledge): Suggestions | undefined {
  if (path === 'lab.yaml') return completeLabFile(text, offset, knowledge);
  if (!path.endsWith('.md')) return undefined;
  return completePage(path, text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset), knowledge);
}
