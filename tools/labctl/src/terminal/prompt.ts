import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { World } from '../api/context.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';

/** Asks on standard error, so that standard output stays clean. */
export async function ask({ stdin }: World, question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: process.stderr, terminal: stdin.isTTY });
  try {
    return (await firstOf(lines.question(question), lines)).trim();
  } finally {
    lines.close();
  }
}

/** Asks for what must not be seen. Without a terminal it reads the first line of standard input. */
export async function askHidden({ stdin }: World, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  process.stderr.write(question);
  try {
    return await firstOf(lines.question(''), lines);
  } finally {
    lines.close();
    if (stdin.isTTY) process.stderr.write('\n');
  }
}

/** An input that ends without an answer would wait for ever. */
function firstOf(answer: Promise<string>, lines: { once(event: 'close', listener: () => void): unknown }) {
  return Promise.race([
    answer,
    new Promise<never>((_, reject) =>
      lines.once('close', () => reject(new CommandError(exitCodes.usage, 'Nothing was typed.', 'no_input'))),
    ),
  ]);
}
