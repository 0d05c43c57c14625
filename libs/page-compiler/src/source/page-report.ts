import type { Diagnostic } from '@lab-orchestrator/contracts';

/** Where something stands, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A page with more findings than this is not going to be read to the end. */
const maxFindings = 100;

/** Collects what is wrong with one page, each finding at its place. */
export class PageReport {
  readonly diagnostics: Diagnostic[] = [];
  private lineStarts: number[] | undefined;

  constructor(
    readonly file: string,
    private readonly text: string,
  ) {}

  /** @param path what the finding is about, as it is written: a name, a target, an attribute */
  error(at: Place | undefined, path: string, code: string, message: string) {
    this.add('error', at, path, code, message);
  }

  warning(at: Place | undefined, path: string, code: string, message: string) {
    this.add('warning', at, path, code, message);
  }

  /** Line and column of an offset in the page. */
  place(offset: number): Place {
    this.lineStarts ??= lineStartsOf(this.text);
    let low = 0;
    for (let high = this.lineStarts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }

  private add(severity: Diagnostic['severity'], at: Place | undefined, path: string, code: string, message: string) {
    if (this.diagnostics.length >= maxFindings) return;
    const place = at && { line: at.line, column: at.column };
    this.diagnostics.push({ severity, file: this.file, ...place, path: shortened(path), code, message });
  }
}

/** What a page says may be long and hostile; a message shows its beginning. */
export const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

function lineStartsOf(text: string) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
