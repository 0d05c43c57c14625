import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../../setup/advice.mjs';
import { LineSplitter } from '../terminal/log-line.ts';
import type { Step } from '../terminal/steps.ts';
import { newestChange } from './newest-source.ts';

const SOURCES = ['libs', 'services', 'web', 'tools/dev', 'tsconfig.base.json', 'package-lock.json'];

/** Builds every package whose sources changed. Asking nx takes seconds, so a look at the file times comes first. */
export async function build(checkout: string, step: Step): Promise<void> {
  const stamp = join(checkout, '.cache', 'built');
  const before = new Date();
  if (isCurrent(checkout, stamp)) return step.result('up to date');
  const projects = builtFolders(checkout).length;
  let done = 0;
  const output = await runNx(checkout, (line) => {
    if (/^\s*[✔✖].*:build/.test(line)) step.progress(`${(done += 1)} of ${projects} packages`);
  });
  if (output.code !== 0) throw new Advice(`${output.text}\n\nThe build failed; the messages are above.`);
  mkdirSync(join(checkout, '.cache'), { recursive: true });
  writeFileSync(stamp, before.toISOString());
  step.result(`${projects} packages`);
}

function isCurrent(checkout: string, stamp: string): boolean {
  if (!existsSync(stamp) || builtFolders(checkout).some((folder) => !existsSync(folder))) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return newestChange(SOURCES.map((path) => join(checkout, path))) < builtAt;
}

/** The folders that a finished build leaves. */
function builtFolders(checkout: string): string[] {
  const groups = ['libs', 'services'].flatMap((group) => {
    const names = readdirSync(join(checkout, group));
    return names.map((name) => join(checkout, group, name)).filter((path) => existsSync(join(path, 'package.json')));
  });
  return [...groups, join(checkout, 'web'), join(checkout, 'tools/dev')].map((path) => join(path, 'dist'));
}

function runNx(checkout: string, onLine: (line: string) => void): Promise<{ code: number; text: string }> {
  const child = spawn('nx', ['run-many', '-t', 'build', '--output-style=static'], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The daemon would outlive us, and a first build gains nothing from it.
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    const lines = new LineSplitter();
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      lines.push(chunk).forEach(onLine);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, text: text.trim() }));
  });
}
