import type { PathPart } from './yaml-place.js';

export interface FlowPlace {
  path: PathPart[];
  role: 'key' | 'value';
  siblings: ReadonlyMap<string, string>;
  word: string;
}

interface Level {
  list: boolean;
  key: string | undefined;
  siblings: Map<string, string>;
}

/** The place at the end of `{ name: shell, kind: ter`; undefined when all brackets are closed. */
export function placeInFlow(text: string): FlowPlace | undefined {
  const levels: Level[] = [];
  let word = '';
  let quote = '';
  const finish = () => {
    const level = levels.at(-1);
    if (level?.key !== undefined) level.siblings.set(level.key, word.trim());
    word = '';
  };
  for (const [index, char] of [...text].entries()) {
    if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
      continue;
    }
    switch (char) {
      case '"':
      case "'":
        quote = char;
        break;
      case '{':
      case '[':
        levels.push({ list: char === '[', key: undefined, siblings: new Map() });
        word = '';
        break;
      case '}':
      case ']':
        finish();
        levels.pop();
        break;
      case ',': {
        finish();
        const level = levels.at(-1);
        if (level !== undefined) level.key = undefined;
        break;
      }
      case ':': {
        const level = levels.at(-1);
        const isKey =
          level !== undefined && !level.list && level.key === undefined && /^(\s|$)/.test([...text][index + 1] ?? '');
        if (isKey) {
          level.key = word.trim();
          word = '';
        } else word += char;
        break;
      }
      default:
        word += char;
    }
  }
  const here = levels.at(-1);
  if (here === undefined) return undefined;
  const path = levels.flatMap(({ list, key }): PathPart[] => (list ? [0] : key === undefined ? [] : [key]));
  const role = here.list || here.key !== undefined ? 'value' : 'key';
  return { path, role, siblings: here.siblings, word: word.trimStart() };
}
