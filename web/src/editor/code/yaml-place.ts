import { placeInFlow } from './yaml-flow.js';

/** A key, or 0 for an entry of a list. */
export type PathPart = string | 0;

/** Where in a YAML document somebody is typing. */
export interface YamlPlace {
  /** To the map whose key is typed, or to the value. */
  path: PathPart[];
  role: 'key' | 'value';
  /** What else is written in the map around it. */
  siblings: ReadonlyMap<string, string>;
  /** What is typed so far. */
  word: string;
}

interface Entry {
  column: number;
  /** Absent for the dash of a list entry. */
  key?: string;
  value?: string;
}

/** Finds the place from indentation alone: while somebody types, the document is rarely whole. */
export function yamlPlace(text: string, offset: number): YamlPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const head = text.slice(lineStart, offset);
  if (/(^|\s)#/.test(head)) return undefined;
  const above = text.slice(0, lineStart).split(/\r?\n/).slice(0, -1);
  const below = text.slice(offset).split(/\r?\n/).slice(1);
  const column = contentColumn(head);
  const rest = head.slice(column);
  const pair = /^(["']?)([\w.-]+)\1:(?<value>\s.*)?$/.exec(rest);
  const path = pathTo(above, entriesOf(head), pair === null ? column : Number.POSITIVE_INFINITY);
  if (path === undefined) return undefined;
  const value = (pair === null ? rest : (pair.groups?.['value'] ?? '')).trimStart();
  if (/^[[{]/.test(value)) {
    const flow = placeInFlow(value);
    return flow && { ...flow, path: [...path, ...flow.path] };
  }
  if (pair !== null && pair.groups?.['value'] === undefined) return undefined;
  const isFirst = head.trimStart().startsWith('-');
  const siblings = new Map([
    ...(isFirst ? [] : siblingsIn(above.toReversed(), column, 'up')),
    ...siblingsIn(below, column, 'down'),
  ]);
  return { path, role: pair === null ? 'key' : 'value', siblings, word: value };
}

const contentColumn = (line: string) => /^\s*(?:- +)*/.exec(line)?.[0].length ?? 0;

/** The dashes and the key of one line, from left to right. */
function entriesOf(line: string): Entry[] {
  const content = contentColumn(line);
  const dashes = [...line.slice(0, content).matchAll(/-/g)].map(({ index }): Entry => ({ column: index }));
  const pair = /^(["']?)([\w.-]+)\1:(?:\s+(.*))?$/.exec(line.slice(content));
  return pair === null ? dashes : [...dashes, { column: content, key: pair[2] ?? '', value: (pair[3] ?? '').trim() }];
}

const isText = (line: string) => line.trim() !== '' && !line.trimStart().startsWith('#');

/** Goes up to ever smaller indentation; undefined inside a text of several lines, which is no YAML. */
function pathTo(above: string[], here: Entry[], column: number): PathPart[] | undefined {
  const path: PathPart[] = [];
  let limit = column;
  let inList = false;
  for (const [index, entries] of [here, ...above.toReversed().filter(isText).map(entriesOf)].entries())
    for (const { column: at, key, value } of entries.toReversed()) {
      // The entries of a list may stand as far left as the key of the list.
      const isParent = at < limit || (inList && key !== undefined && at === limit);
      if (!isParent) continue;
      if (index > 0 && /^[|>][+-]?\d*$/.test(value ?? '')) return undefined;
      path.unshift(key ?? 0);
      limit = at;
      inList = key === undefined;
    }
  return path;
}

/** The other keys of a map that stand on lines in one direction, as far as the map goes. */
function siblingsIn(lines: string[], column: number, direction: 'up' | 'down'): [string, string][] {
  const found: [string, string][] = [];
  for (const line of lines.filter(isText)) {
    const entries = entriesOf(line);
    const ends = (entries[0]?.column ?? contentColumn(line)) < column;
    // Going up, the first key of an entry stands behind its dash.
    if (ends && direction === 'down') break;
    const own = entries.find((entry) => entry.key !== undefined && entry.column === column);
    if (own?.key !== undefined) found.push([own.key, (own.value ?? '').replaceAll(/^["']|["']$/g, '')]);
    if (ends) break;
  }
  return found;
}
