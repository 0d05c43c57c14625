import { CommanderError } from 'commander';
import type { World } from './api/context.js';
import { CommandError, exitCodes } from './output/exit-codes.js';
import type { Streams } from './output/output.js';
import { plain } from './output/plain.js';
import { createProgram } from './program.js';

/** Runs one command line and answers with the exit code. */
export async function run(args: readonly string[], world: World, streams: Streams): Promise<number> {
  try {
    await createProgram(world, streams).parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const known = error instanceof CommandError ? error : undefined;
    const message = error instanceof Error ? error.message : String(error);
    if (args.includes('--json'))
      streams.err(`${JSON.stringify({ error: { code: known?.code ?? 'failed', message } })}\n`);
    else streams.err(`${message.split('\n').map(plain).join('\n')}\n`);
    return known?.exitCode ?? exitCodes.failed;
  }
}
