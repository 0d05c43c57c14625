import { createInterface } from 'node:readline/promises';
import { Advice } from '../../setup/advice.mjs';

/** Asks before something is lost. Without a terminal only `--yes` counts as an answer. */
export async function confirm(question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new Advice(`${question}\nThere is no terminal to ask at: add --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Advice('Nothing was changed.');
}
