import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Counts, countsOf } from './counts.ts';
import { failuresOf } from './failures.ts';
import type { Run } from './parts.ts';

export interface Outcome extends Counts {
  failures: string[];
}

const BROKEN: Outcome = { passed: 0, failed: 1, skipped: 0, failures: [] };

/** Runs one part to its end and counts. */
export async function execute(run: Run, checkout: string): Promise<Outcome> {
  if (run.kind === 'check') {
    const code = await exitCodeOf(run.command, checkout, run.timeoutMs);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : BROKEN;
  }
  const folder = join(checkout, 'test-results');
  const report = join(folder, `${run.name.replaceAll(' ', '-')}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(report, { force: true });
  const projects = run.projects.flatMap((name) => ['--project', name]);
  const reporters = [
    `--reporter=${run.tellEach ? 'verbose' : 'default'}`,
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await exitCodeOf(
    ['vitest', 'run', ...projects, ...reporters, ...(run.files ?? [])],
    checkout,
    run.timeoutMs,
  );
  if (!existsSync(report)) return BROKEN;
  const seen = JSON.parse(readFileSync(report, 'utf8'));
  const counts = countsOf(seen, code);
  const failures = failuresOf(seen, checkout);
  const isOutside = counts.failed > failures.length;
  return { ...counts, failures: isOutside ? [...failures, 'an error outside of all tests, shown above'] : failures };
}

function exitCodeOf([file = '', ...args]: string[], checkout: string, timeoutMs: number): Promise<number> {
  const child = spawn(file, args, {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  const late = setTimeout(() => {
    console.error(`${file} took longer than ${timeoutMs / 60_000} minutes and is ended.`);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 60_000).unref();
  }, timeoutMs);
  return new Promise((resolve) => {
    const settle = (code: number) => {
      clearTimeout(late);
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve(code);
    };
    child.once('error', () => settle(1));
    child.once('exit', (code) => settle(code ?? 1));
  });
}
