/**
 * What a page may hold. Markdown parsers take more than linear time for some texts (long runs of brackets, stars, nested
 * quotes); these limits are far above what people write, and keep the worst page near a second. They are counted before
 * anything is parsed, everywhere in the text: what looks like code may be none.
 */
export const pageLimits = {
  bytes: 256 * 2 ** 10,
  lines: 10_000,
  /** Of one run of lines without an empty line between. */
  blockCharacters: 16 * 2 ** 10,
  blockLines: 1_000,
  /** Characters of a run that may begin or end something inside a line: brackets, stars, backticks and the like. */
  blockMarks: 1_500,
  /** Signs of quotes and lists at the beginning of one line. */
  lineContainers: 24,
  /** Columns before the first sign of a line: lists nest by them. */
  indent: 128,
  /** `:::` that open a box. */
  boxes: 200,
  /** Of nodes inside nodes. */
  depth: 40,
  nodes: 50_000,
  frontMatterCharacters: 2_000,
} as const;

/** Of a lab: all its pages in all languages. */
export const labLimits = { pages: 400, bytes: 4 * 2 ** 20 } as const;

export interface LimitProblem {
  /** From 1. */
  line: number;
  code: 'page_too_large' | 'page_too_complex';
  message: string;
}

const tooComplex = (line: number, message: string): LimitProblem => ({ line, code: 'page_too_complex', message });

/** Why a page is not even parsed, or undefined. One pass, linear. */
export function limitProblem(markdown: string): LimitProblem | undefined {
  if (markdown.length > pageLimits.bytes)
    return {
      line: 1,
      code: 'page_too_large',
      message: `the page is larger than ${pageLimits.bytes / 2 ** 10} KiB; split it into several`,
    };
  let boxes = 0;
  let block = { characters: 0, lines: 0, marks: 0 };
  let number = 0;
  for (const line of linesOf(markdown)) {
    number += 1;
    if (number > pageLimits.lines) return tooComplex(number, `the page has more than ${pageLimits.lines} lines`);
    const start = startOf(line);
    if (start.containers > pageLimits.lineContainers || start.indent > pageLimits.indent)
      return tooComplex(number, 'quotes or lists are nested too deeply');
    if (start.isBox && (boxes += 1) > pageLimits.boxes)
      return tooComplex(number, `the page has more than ${pageLimits.boxes} boxes`);
    if (start.isEmpty) block = { characters: 0, lines: 0, marks: 0 };
    block.characters += line.length;
    block.lines += 1;
    block.marks += marksIn(line);
    if (block.characters > pageLimits.blockCharacters || block.lines > pageLimits.blockLines)
      return tooComplex(number, 'too much text without an empty line between');
    if (block.marks > pageLimits.blockMarks)
      return tooComplex(number, 'too many brackets, stars or other marks without an empty line between');
  }
  return undefined;
}

/** Lines as Markdown counts them: ended by LF, CR, or both. */
function* linesOf(text: string) {
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    yield text.slice(from, at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) at += 1;
    from = at + 1;
  }
  yield text.slice(from);
}

const isContainerSign = (char: string) => char === '>' || char === '-' || char === '*' || char === '+';

/** What a line begins with: white space, and the signs that open or continue quotes and lists, in any order. */
function startOf(line: string) {
  let at = 0;
  let containers = 0;
  let indent = 0;
  for (; at < line.length; at += 1) {
    const char = line[at] ?? '';
    const next = line[at + 1];
    if (char === ' ') indent += 1;
    else if (char === '\t') indent += 4;
    else if (char === '>' || (isContainerSign(char) && (next === ' ' || next === '\t'))) containers += 1;
    else if (char >= '0' && char <= '9') indent += 1;
    else if ((char === '.' || char === ')') && at > 0 && (next === ' ' || next === '\t')) containers += 1;
    else break;
  }
  return { containers, indent, isEmpty: at === line.length && containers === 0, isBox: line.startsWith(':::', at) };
}

/** Signs that can begin or end something inside a line. */
const marks = new Set('[]()*_~`$<>{}!&:@|\\');
function marksIn(line: string) {
  let count = 0;
  for (const char of line) if (marks.has(char)) count += 1;
  return count;
}
