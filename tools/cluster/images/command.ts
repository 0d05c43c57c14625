import { spawn } from 'node:child_process';

export interface CommandOptions {
  cwd?: string;
  input?: string;
  env?: NodeJS.ProcessEnv;
  /** Exit codes that are an answer, too. */
  accept?: readonly number[];
  onLine?: (line: string) => void;
}

/**
 * Runs a program to its end and answers with what it printed.
 * @throws Error with the end of its error output
 */
export async function outputOf(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [program = '', ...args] = command;
  const { cwd, env = process.env, input, accept = [0] } = options;
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const errors: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    errors.push(chunk.toString());
    chunk
      .toString()
      .split('\n')
      .filter(Boolean)
      .forEach((line) => options.onLine?.(line));
  });
  // A program that ends without reading its input breaks the pipe; its exit code says more.
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? (signal === null ? 1 : 128)));
  });
  if (accept.includes(code)) return Buffer.concat(output).toString();
  const said = errors.join('').trim().split('\n').slice(-8).join('\n');
  throw new Error(`${program} ${args[0] ?? ''} ended with ${code}: ${said}`);
}
