/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  readonly json: boolean;
  /** The result: as JSON when asked for, else as `text` has it. */
  result(value: unknown, text: () => string): void;
  /** One of many results, a line each: JSON lines when asked for. */
  line(value: unknown, text: string): void;
  /** What goes on, for a person. */
  say(text: string): void;
}

export interface Streams {
  out: (text: string) => void;
  err: (text: string) => void;
}

export function createOutput(json: boolean, { out, err }: Streams): Output {
  return {
    json,
    result: (value, text) => out(json ? `${JSON.stringify(value, null, 2)}\n` : ensureNewline(text())),
    line: (value, text) => out(json ? `${JSON.stringify(value)}\n` : ensureNewline(text)),
    say: (text) => err(ensureNewline(text)),
  };
}

const ensureNewline = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
