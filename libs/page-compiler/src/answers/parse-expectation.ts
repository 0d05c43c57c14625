import type { CheckExpectation, PageTemplate } from '@lab-orchestrator/contracts';
import { regexOf } from './regex.js';

/** Reads `expect="…"`: a text, `/regex/i`, or `json:<path>=<value>`. */
export function parseExpectation(
  written: string,
  template: (text: string) => PageTemplate,
): CheckExpectation | { problem: string } {
  if (written.trim() === '') return { problem: 'is empty' };
  if (written.startsWith('json:')) return jsonExpectation(written.slice('json:'.length), template);
  const end = written.lastIndexOf('/');
  const flags = written.slice(end + 1);
  if (!written.startsWith('/') || end === 0 || !/^[ims]*$/.test(flags))
    return { kind: 'text', text: template(written) };
  const source = written.slice(1, end);
  if (source.includes('{{')) return { problem: 'holds a variable; variables are not replaced in regular expressions' };
  const regex = regexOf(source, flags);
  return 'problem' in regex
    ? { problem: `is no regular expression (RE2): ${regex.problem}` }
    : { kind: 'regex', source, flags };
}

function jsonExpectation(
  text: string,
  template: (text: string) => PageTemplate,
): CheckExpectation | { problem: string } {
  const equals = text.indexOf('=');
  const path = equals < 0 ? undefined : jsonPath(text.slice(0, equals));
  if (!path) return { problem: 'is not like json:items[0].name=value' };
  return { kind: 'json', path, value: template(text.slice(equals + 1)) };
}

/** `items[0].name` → `['items', 0, 'name']`; undefined when it is not a path. */
function jsonPath(text: string): Array<string | number> | undefined {
  const path: Array<string | number> = [];
  let from = 0;
  for (const match of text.matchAll(/\.?([\p{L}\p{N}_-]+)|\[(\d{1,9})\]/gu)) {
    const isName = match[1] !== undefined;
    if (match.index !== from || (isName && match[0].startsWith('.') !== from > 0)) return undefined;
    path.push(match[1] ?? Number(match[2]));
    from += match[0].length;
  }
  return from === text.length && path.length > 0 ? path : undefined;
}
