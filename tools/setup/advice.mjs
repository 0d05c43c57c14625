/** Something the person at the keyboard can put right: shown as its message only, without a stack. */
export class Advice extends Error {
  /** @override */
  name = 'Advice';
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs the whole of a command and turns advice into a clear last line.
 * @param {() => Promise<number>} command answers with the exit code
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Advice) say(`\n${error.message}`);
    else throw error;
  }
}
