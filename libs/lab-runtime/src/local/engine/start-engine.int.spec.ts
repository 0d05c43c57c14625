import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectEngine, pings } from './engine-client.js';
import { engineFolders } from './engine-folders.js';
import { probeEngine } from './probe-engine.js';
import { removeEngine } from './remove-engine.js';
import { startEngine } from './start-engine.js';

describe('startEngine', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lab-start-'));
  });
  afterEach(async () => {
    await removeEngine({ dataDir });
    await rm(dataDir, { recursive: true, force: true });
  });

  it('starts one engine for all who ask, and finds it again', async () => {
    const [first, second] = await Promise.all([startEngine({ dataDir }), startEngine({ dataDir })]);
    const third = await startEngine({ dataDir });
    expect(new Set([first.pid, second.pid, third.pid]).size).toBe(1);
    expect(await pings(first.url)).toBe(true);
  });

  it('starts again after its engine was killed and left its socket behind', async () => {
    const first = await startEngine({ dataDir });
    process.kill(first.pid, 'SIGKILL');
    await expect.poll(() => pings(first.url)).toBe(false);
    const second = await startEngine({ dataDir });
    expect(second.pid).not.toBe(first.pid);
    expect(await pings(second.url)).toBe(true);
  });

  it('stops what it started, and does not signal a stranger with an old process id', async () => {
    const engine = await startEngine({ dataDir });
    await engine.stop();
    expect(await pings(engine.url)).toBe(false);
    await writeFile(join(dataDir, 'engine', 'pid'), String(process.pid));
    await engine.stop();
  });

  it('is gone when it is stopped, so that it cannot take the socket of the next one along', async () => {
    const first = await startEngine({ dataDir });
    await first.stop();
    expect(() => process.kill(first.pid, 0)).toThrow(/ESRCH/);
    const second = await startEngine({ dataDir });
    await delay(500);
    expect(await pings(second.url)).toBe(true);
  });

  it('says what the engine and this host can do', async () => {
    const engine = await startEngine({ dataDir });
    const facts = await probeEngine(engine.url);
    expect(facts).toMatchObject({ product: 'podman', rootless: false });
    expect((await connectEngine(engine.url).version()).Version).toBe(facts.version);
  });

  it('starts below a path that is longer than Podman takes, and leaves nothing of it', async () => {
    const deep = join(dataDir, 'd'.repeat(50));
    const folders = engineFolders(deep);
    const engine = await startEngine({ dataDir: deep });
    expect(await pings(engine.url)).toBe(true);
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
    await removeEngine({ dataDir: deep });
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, false]);
  });

  it('refuses a folder whose path is too long for a socket', async () => {
    await expect(startEngine({ dataDir: join(dataDir, 'x'.repeat(100)) })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});
