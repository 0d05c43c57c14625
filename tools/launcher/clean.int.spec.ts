import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forget } from './clean.ts';
import { DataFolder } from './data/data-folder.ts';
import { releaseMounts } from './engine/mounts.ts';

let data: DataFolder;
let storage: string;
beforeEach(({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root mounts');
  data = new DataFolder(mkdtempSync(join(tmpdir(), 'lab-clean-')));
  storage = join(data.runtime, 'engine');
  mkdirSync(storage, { recursive: true });
  expect(spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', storage]).status).toBe(0);
});
afterEach(() => {
  releaseMounts(data.runtime);
  rmSync(data.path, { recursive: true });
});

const keepBusy = (forS: number) => spawn('sleep', [String(forS)], { cwd: storage, stdio: 'ignore' });

it('waits for what still uses the storage of the engine', async () => {
  keepBusy(1);
  await forget(data);
  expect(existsSync(data.runtime)).toBe(false);
});

it('gives up on what does not let go of it', async () => {
  const busy = keepBusy(60);
  await expect(forget(data, 500)).rejects.toThrow(/busy/);
  const ended = new Promise((resolve) => busy.once('exit', resolve));
  busy.kill();
  await ended;
});
