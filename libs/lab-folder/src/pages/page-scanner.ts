/** Something on a page that points to something else. Lines and columns count from 1. */
export interface PageReference {
  kind: 'system' | 'access' | 'media' | 'page' | 'step' | 'variable';
  target: string;
  /** Of an access: the system it belongs to. Of a step on another page: that page. */
  within?: string;
  line: number;
  column: number;
}

export interface PageOutline {
  references: PageReference[];
  /** Ids of steps and quizzes, with their place. */
  steps: Array<{ id: string; line: number; column: number }>;
  /** Anchors of headings, as links write them. */
  anchors: Set<string>;
}

const directive = /(?<![:\w]):{1,8}([a-z]+)(?:\[[^\]\n]*\])?\{([^}\n]*)\}/g;
const attribute = /(?:^|\s)(?:#([\w-]+)|([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+)))/g;
const link = /(!?)\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?[^)\n]*\)/g;
const variable = /\{\{\s*([^{}\n]*?)\s*\}\}/g;
const heading = /^#{1,6}\s+(.+?)\s*#*$/;
const fence = /^\s{0,3}(`{3,}|~{3,})/;

/**
 * Finds what a page points to, line by line; the page itself is compiled elsewhere. Code blocks are left alone: what
 * looks like a directive there is shown, not followed.
 */
export function scanPage(markdown: string): PageOutline {
  const page: PageOutline = { references: [], steps: [], anchors: new Set() };
  let openFence: string | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const marks = fence.exec(line)?.[1];
    if (openFence !== undefined) {
      if (marks?.startsWith(openFence)) openFence = undefined;
    } else if (marks) openFence = marks;
    else scanLine(blankInlineCode(line), index + 1, page);
  }
  return page;
}

function scanLine(line: string, number: number, page: PageOutline) {
  const title = heading.exec(line)?.[1];
  if (title) page.anchors.add(slugOf(title));
  for (const match of line.matchAll(directive)) readDirective(match, number, page);
  for (const match of line.matchAll(link)) readLink(match, number, page);
  for (const match of line.matchAll(variable))
    page.references.push({ kind: 'variable', target: match[1] ?? '', line: number, column: match.index + 1 });
}

function readDirective(match: RegExpExecArray, line: number, page: PageOutline) {
  const [, name, attributes = ''] = match;
  const values = new Map<string, string>();
  for (const [, id, key, ...quoted] of attributes.matchAll(attribute))
    values.set(id === undefined ? (key ?? '') : 'id', id ?? quoted.find((value) => value !== undefined) ?? '');
  const at = { line, column: match.index + 1 };
  const id = values.get('id');
  if ((name === 'step' || name === 'quiz') && id !== undefined) page.steps.push({ id, ...at });
  const system = name === 'system' ? values.get('name') : values.get('system');
  if (system !== undefined) page.references.push({ kind: 'system', target: system, ...at });
  const access = values.get('access');
  if (system !== undefined && access !== undefined)
    page.references.push({ kind: 'access', target: access, within: system, ...at });
  const source = values.get('src');
  if ((name === 'video' || name === 'audio') && source !== undefined && !isExternal(source))
    page.references.push({ kind: 'media', target: withoutQuery(source), ...at });
}

function readLink(match: RegExpExecArray, line: number, page: PageOutline) {
  const [, isPicture, target = ''] = match;
  const at = { line, column: match.index + 1 };
  if (isExternal(target)) return;
  const path = withoutQuery(target);
  if (isPicture) page.references.push({ kind: 'media', target: path, ...at });
  else {
    if (path !== '') page.references.push({ kind: 'page', target: path, ...at });
    const anchor = target.split('#')[1];
    if (anchor) page.references.push({ kind: 'step', target: anchor, ...(path && { within: path }), ...at });
  }
}

const isExternal = (target: string) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target);
const withoutQuery = (target: string) => decode(target.replace(/[?#].*$/, ''));
const blankInlineCode = (line: string) => line.replaceAll(/(`+)[^`]+\1/g, (code) => ' '.repeat(code.length));
const slugOf = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function decode(target: string) {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
