import type { Duplex } from 'node:stream';
import type { Console } from '../port/lab-runtime.js';

export type ConsoleParts = {
  resize?: (columns: number, rows: number) => Promise<void>;
  /** Exit code of the process, where there is one. */
  exited?: Promise<number | undefined>;
};

/** Gives a stream what the port promises of a console. */
export function toConsole(stream: Duplex, parts: ConsoleParts = {}): Console {
  return Object.assign(stream, {
    resize: parts.resize ?? (() => Promise.resolve()),
    exited: parts.exited ?? Promise.resolve(undefined),
  });
}
