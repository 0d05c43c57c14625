import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lab-orchestrator/dev';
import { checkout } from '../../tools/setup/checkout.mjs';
import type { Bench } from './support/bench.ts';
import { firstPage } from './support/first-page.ts';
import { measure } from './support/measure.ts';
import { statisticsOf } from './support/statistics.ts';

const REPETITIONS = 5;

export const bench: Bench = {
  title: 'P14: npm start to login page, and the first page load',
  async run(say) {
    const pages: { scriptKb: number; largestPaintMs: number }[] = [];
    const kept = mkdtempSync(join(tmpdir(), 'lab-bench-'));
    const started = async (folder: string) => {
      const run = await start(folder);
      say(`login page after ${run.seconds.toFixed(1)} s`);
      pages.push(await firstPage(run.url));
      await run.stop();
      return run.seconds;
    };
    const rows = await measure(
      [
        { name: 'start with an empty data folder', bar: '≤ 20 s', measure: () => onEmptyFolder(started) },
        { name: 'start again', bar: '≤ 20 s', measure: () => started(kept) },
      ],
      { unit: 's', repetitions: REPETITIONS, warmUps: 1 },
    );
    await clean(kept);
    const scripts = pages.map((page) => page.scriptKb);
    const paints = pages.map((page) => page.largestPaintMs);
    return [
      ...rows.map((row) => ({ ...row, ratio: undefined })),
      { name: 'script before login', unit: 'KB gzipped', bar: '≤ 250 KB', values: scripts, ...statisticsOf(scripts) },
      { name: 'largest contentful paint', unit: 'ms', bar: '≤ 1 s', values: paints, ...statisticsOf(paints) },
    ];
  },
};

async function onEmptyFolder(work: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const value = await work(folder);
  await clean(folder);
  return value;
}

async function start(folder: string): Promise<{ url: string; seconds: number; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const startedAt = performance.now();
  const child = npm(['start', '--', '--data', folder, '--port', String(port)]);
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error('the product ended before its page was up');
    await sleep(20);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { url, seconds, stop: () => end(child) };
}

async function clean(folder: string): Promise<void> {
  // npm is gone before the product is: until then, the folder is not free to be cleaned.
  for (let tries = 1; ; tries += 1) {
    const [code] = await once(npm(['run', 'clean', '--', '--yes', '--data', folder]), 'exit');
    if (code === 0) break;
    if (tries === 30) throw new Error(`${folder} cannot be cleaned: npm run clean -- --yes --data ${folder}`);
    await sleep(1_000);
  }
  // The kernel holds mounts of the engine a moment longer.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}

function npm(args: string[]): ChildProcess {
  return spawn('npm', args, { cwd: checkout, stdio: 'ignore', detached: true });
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  // To all of the group, as a terminal does on Ctrl-C: the shell between npm and the product hands nothing on.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  await ended;
}
