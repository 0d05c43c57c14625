import { StringDecoder } from 'node:string_decoder';

const QUIET_LEVELS = new Set<unknown>(['trace', 'debug', 'info']);

/** The sentence of a log line that a person at the terminal should see; undefined for everything below a warning. */
export function sentenceOf(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  const entry = jsonObject(line);
  if (entry === undefined) return line.trimEnd();
  if (QUIET_LEVELS.has(entry['level'])) return undefined;
  const message = text(entry['msg']) ?? text(entry['message']) ?? '';
  const cause = causeOf(entry['err'] ?? entry['error']);
  return cause === undefined || message.includes(cause) ? message : `${message}: ${cause}`;
}

/** Puts the name of the service before a sentence; more lines are indented below the first. */
export function prefixed(name: string, width: number, sentence: string): string {
  return `${name.padEnd(width)} │ ${sentence.replaceAll('\n', `\n${' '.repeat(width)} │ `)}`;
}

/** Cuts a stream of chunks into whole lines. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  push(chunk: Buffer): string[] {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    return lines;
  }
}

function jsonObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'message' in error) return text(error.message);
  return text(error);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
