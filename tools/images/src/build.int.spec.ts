import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockCache } from './lock.mjs';
import { outputOf, run } from './run.mjs';
import { readStatus, writeStatus } from './status.mjs';

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'lab-images-'));
});
afterEach(() => rmSync(cacheDir, { recursive: true, force: true }));

const tool = resolve(import.meta.dirname, '../main.mjs');

it('lets one build at a time use a cache, and the next one as soon as the first is killed', async () => {
  const script = `import { lockCache } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    await lockCache(${JSON.stringify(cacheDir)}); console.log('mine'); setInterval(() => {}, 1e6);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  let taken = false;
  const waiting = lockCache(cacheDir).then((lock) => {
    taken = true;
    return lock;
  });
  await new Promise((done) => setTimeout(done, 300));
  expect(taken).toBe(false);
  other.kill('SIGKILL');
  await (await waiting).release();
});

it('never shows a reader half a status', async () => {
  const status = {
    name: 'x',
    kind: 'container',
    digest: 'd',
    state: 'building',
    message: 'm'.repeat(100_000),
  } as const;
  await writeStatus(cacheDir, status);
  const write = async () => {
    for (let percent = 0; percent < 30; percent += 1) await writeStatus(cacheDir, { ...status, percent });
  };
  const read = async () => {
    for (let n = 0; n < 60; n += 1) expect((await readStatus(cacheDir, 'x'))?.message).toHaveLength(100_000);
  };
  await Promise.all([write(), read()]);
  expect(await readStatus(cacheDir, 'y')).toBeUndefined();
});

it('stops a build within seconds when interrupted, says so, and leaves neither mounts nor files', async () => {
  const child = spawn(process.execPath, [tool, 'build', 'vm-launcher', '--cache', cacheDir], { stdio: 'ignore' });
  await expect
    .poll(() => readStatus(cacheDir, 'vm-launcher').then((status) => status?.percent ?? 0), { timeout: 60_000 })
    .toBeGreaterThan(1);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(await readStatus(cacheDir, 'vm-launcher')).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('interrupted'),
  });
  expect(await outputOf(['cat', '/proc/mounts'])).not.toContain(cacheDir);
  await expect(run(['test', '-e', join(cacheDir, 'images/vm-launcher/.work')])).rejects.toThrow();
});

it('says in one sentence that an image is unknown', async () => {
  await expect(outputOf([process.execPath, tool, 'build', 'nothing'])).rejects.toThrow(
    'There is no image called nothing; there are terminal',
  );
});
