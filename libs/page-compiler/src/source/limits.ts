import { BoxDepth } from './box-depth.js';
import { type LineStart, startOf } from './line-start.js';

/**
 * What a page may hold. Markdown parsers take more than linear time for some texts (many small lists and quotes, long runs
 * of brackets and stars, quotes in quotes); these limits are far above what people write, and keep the worst page near a
 * second. They are counted before anything is parsed, everywhere in the text: what looks like code may be none.
 */
export const pageLimits = {
  bytes: 256 * 2 ** 10,
  lines: 10_000,
  /** Of one run of lines without an empty line between. */
  blockCharacters: 16 * 2 ** 10,
  blockLines: 1_000,
  /** Characters of a run that may begin or end something inside a line: brackets, stars, backticks and the like. */
  blockMarks: 1_500,
  marks: 40_000,
  /** Signs of quotes and lists at the beginning of one line. */
  lineContainers: 12,
  /** Signs of all lines together. */
  containers: 1_000,
  /** Columns before the first sign of a line: lists nest by them. */
  indent: 128,
  boxes: 200,
  /** Lines, each counted once for every box around it: a parser asks all of them about each line. */
  boxedLines: 60_000,
  /** Of boxes in boxes, as far as that can be told. */
  boxDepth: 24,
  /** Of nodes inside nodes. */
  depth: 40,
  nodes: 50_000,
  frontMatterCharacters: 2_000,
} as const;

/**
 * Of a lab: all its pages in all languages. The weight counts all pages in parts of a page at its limits. The time is far
 * above what honest pages need: it ends what the other limits do not foresee, at the page where it is over.
 */
export const labLimits = { pages: 1_000, bytes: 4 * 2 ** 20, weight: 20, timeMs: 15_000 } as const;

export interface PageMeasure {
  /** How near the page is to its limits; at 1 it reaches one. */
  weight: number;
  /** Why the page is not even parsed. */
  problem?: { line: number; code: 'page_too_large' | 'page_too_complex'; message: string };
}

/** Measures a page against its limits, in one pass that is linear. */
export function measurePage(markdown: string): PageMeasure {
  const { bytes } = pageLimits;
  const tooLarge = `the page is larger than ${bytes / 2 ** 10} KiB; split it into several`;
  if (markdown.length > bytes) return { weight: 1, problem: { line: 1, code: 'page_too_large', message: tooLarge } };
  const total = { lines: 0, containers: 0, marks: 0, boxedLines: 0 };
  const boxes = new BoxDepth();
  let block = { characters: 0, lines: 0, marks: 0 };
  for (const line of linesOf(markdown)) {
    const start = startOf(line);
    const marks = marksIn(line);
    total.lines += 1;
    total.containers += start.containers;
    total.marks += marks;
    boxes.take(line.slice(start.length), start.indent, start.containers);
    total.boxedLines += boxes.depth;
    if (start.isEmpty) block = { characters: 0, lines: 0, marks: 0 };
    block.characters += line.length;
    block.lines += 1;
    block.marks += marks;
    const message = lineProblem(start) ?? totalProblem(total) ?? boxProblem(boxes) ?? blockProblem(block);
    if (message) return { weight: 1, problem: { line: total.lines, code: 'page_too_complex', message } };
  }
  const parts = (['lines', 'containers', 'marks', 'boxedLines'] as const).map((what) => total[what] / pageLimits[what]);
  return { weight: Math.max(...parts) };
}

const lineProblem = ({ containers, indent }: LineStart) =>
  containers > pageLimits.lineContainers || indent > pageLimits.indent
    ? 'quotes or lists are nested too deeply'
    : undefined;

function totalProblem(total: { lines: number; containers: number; marks: number; boxedLines: number }) {
  const { lines, containers, marks, boxedLines } = pageLimits;
  if (total.lines > lines) return `the page has more than ${lines} lines; split it into several`;
  if (total.containers > containers) return `the page has more than ${containers} lines of lists and quotes`;
  if (total.boxedLines > boxedLines) return 'too much text inside of boxes in boxes; is each one ended?';
  return total.marks > marks ? `the page has more than ${marks} brackets, stars and other marks` : undefined;
}

function boxProblem({ depth, opened }: BoxDepth) {
  if (depth > pageLimits.boxDepth) return 'boxes are nested too deeply; is each one ended?';
  return opened > pageLimits.boxes ? `the page has more than ${pageLimits.boxes} boxes` : undefined;
}

function blockProblem(block: { characters: number; lines: number; marks: number }) {
  if (block.characters > pageLimits.blockCharacters || block.lines > pageLimits.blockLines)
    return 'too much text without an empty line between';
  return block.marks > pageLimits.blockMarks
    ? 'too many brackets, stars or other marks without an empty line between'
    : undefined;
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

/** Signs that can begin or end something inside a line. */
const markSigns = new Set([...'[]()*_~`$<>{}!&:@|\\'].map((sign) => sign.charCodeAt(0)));
function marksIn(line: string) {
  let count = 0;
  for (let at = 0; at < line.length; at += 1) if (markSigns.has(line.charCodeAt(at))) count += 1;
  return count;
}
