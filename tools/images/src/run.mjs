import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a program to its end and hands over its output line by line. It dies with this process.
 * @param {string[]} command
 * @param {{ input?: string, onLine?: (line: string) => void, signal?: AbortSignal, env?: Record<string, string>, cwd?: string, killWith?: NodeJS.Signals }} [options]
 * @returns {Promise<void>}
 */
export async function run(command, options = {}) {
  const killWith = options.killWith ?? 'SIGTERM';
  const child = spawn(
    'prlimit',
    ['--nofile=1024:1024', 'setpriv', `--pdeathsig=${killWith.replace('SIG', '')}`, '--', ...command],
    {
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      cwd: options.cwd,
      signal: options.signal,
      killSignal: killWith,
    },
  );
  const last = [];
  const onLine = (line) => {
    last.push(line);
    if (last.length > 15) last.shift();
    options.onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  if (options.input !== undefined) child.stdin.end(options.input);
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`${command[0]} ended with ${code ?? signal}: ${last.slice(-3).join(' | ')}`));
    });
  });
}

/**
 * Runs a small program and returns what it printed.
 * @param {string[]} command
 * @returns {Promise<string>}
 */
export async function outputOf(command) {
  const lines = [];
  await run(command, { onLine: (line) => lines.push(line) });
  return lines.join('\n');
}
