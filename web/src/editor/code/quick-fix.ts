import type { Diagnostic } from '@lab-orchestrator/contracts';

/** What to write instead, where a finding says so. */
export interface QuickFix {
  written: string;
  instead: string;
}

/** Findings end in `; did you mean "image"?` where something is close to what was written. */
export function quickFix(message: string): QuickFix | undefined {
  const hint = /; did you mean "([^"]+)"\?$/.exec(message);
  const instead = hint?.[1];
  if (hint === null || instead === undefined) return undefined;
  const written = [...message.slice(0, hint.index).matchAll(/"([^"]+)"/g)].at(-1)?.[1];
  return written === undefined || written === instead ? undefined : { written, instead };
}

/** Where in a line the finding at `column` (from 1) is about: the word it names, else the word that stands there. */
export function rangeIn(line: string, column: number, written: string | undefined): { from: number; to: number } {
  const start = Math.min(Math.max(column - 1, 0), line.length);
  const at = written === undefined ? -1 : line.indexOf(written, start);
  if (written !== undefined && at >= 0) return { from: at, to: at + written.length };
  const word = /^(?:"[^"]*"?|[^\s,{}[\]:]+)/.exec(line.slice(start))?.[0].length ?? 0;
  return { from: start, to: Math.max(start + word, Math.min(start + 1, line.length)) };
}

/** The change that mends a finding in its line; nothing where the line has changed since. */
export function fixIn(line: string, { message, column }: Pick<Diagnostic, 'message' | 'column'>) {
  const fix = quickFix(message);
  if (fix === undefined) return undefined;
  const { from, to } = rangeIn(line, column ?? 1, fix.written);
  return line.slice(from, to) === fix.written ? { from, to, insert: fix.instead } : undefined;
}

/** A text with one finding mended. */
export function fixed(text: string, finding: Diagnostic): string {
  const lines = text.split('\n');
  const at = (finding.line ?? 0) - 1;
  const line = lines[at] ?? '';
  const fix = fixIn(line, finding);
  if (fix === undefined) return text;
  return lines.with(at, `${line.slice(0, fix.from)}${fix.insert}${line.slice(fix.to)}`).join('\n');
}
