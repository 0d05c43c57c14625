import { parseDuration } from '@lab-orchestrator/contracts';
import type { Yaml } from 'mdast';
import { pageLimits } from '../source/limits.js';
import { type PageReport, shortened } from '../source/page-report.js';
import { suggest } from '../source/suggest.js';

export interface FrontMatter {
  title?: string;
  order?: number;
  durationS?: number;
}

const keys = ['title', 'order', 'duration'];

/** What stands between `---` at the top of a page: lines `key: value`, of all YAML no more than that. */
export function readFrontMatter(node: Yaml, report: PageReport): FrontMatter {
  const result: FrontMatter = {};
  const from = node.position?.start.line ?? 1;
  if (node.value.length > pageLimits.frontMatterCharacters) {
    report.error({ line: from, column: 1 }, '', 'front_matter', 'the part between --- and --- is too long');
    return result;
  }
  for (const [index, line] of node.value.split('\n').entries()) {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    const at = { line: from + 1 + index, column: 1 };
    const colon = written.indexOf(':');
    const key = written.slice(0, Math.max(colon, 0)).trim();
    if (keys.includes(key)) readValue(key, unquoted(written.slice(colon + 1).trim()), result, report, at);
    else {
      const message = `expected "title: …", "order: …" or "duration: …", found "${shortened(written)}"${suggest(key, keys)}`;
      report.error(at, shortened(key), 'front_matter', message);
    }
  }
  return result;
}

function readValue(
  key: string,
  value: string,
  result: FrontMatter,
  report: PageReport,
  at: { line: number; column: number },
) {
  const wrong = (expected: string) =>
    report.error(at, key, 'front_matter', `${key}: expected ${expected}, found "${shortened(value)}"`);
  if (key === 'title') {
    if (value === '' || value.length > 200 || value.includes('{{')) wrong('1 to 200 characters without variables');
    else result.title = value;
  } else if (key === 'order') {
    const order = /^-?\d{1,6}(\.\d{1,6})?$/.test(value) ? Number(value) : undefined;
    if (order === undefined) wrong('a number');
    else result.order = order;
  } else {
    const durationS = value.length < 20 ? parseDuration(value) : undefined;
    if (durationS === undefined) wrong('a duration such as 10m');
    else result.durationS = durationS;
  }
}

function unquoted(value: string) {
  const quote = value[0];
  if (value.length < 2 || (quote !== '"' && quote !== "'") || !value.endsWith(quote)) return value;
  const inside = value.slice(1, -1);
  return quote === '"' ? inside.replaceAll('\\"', '"') : inside.replaceAll("''", "'");
}
