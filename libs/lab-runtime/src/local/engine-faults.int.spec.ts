import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { applied, removed, settled, started } from '../conformance/steps.js';
import { container, session, terminalImage } from '../conformance/subject.js';
import { createLocalRuntime } from './create-local-runtime.js';
import { startEngine } from './engine/start-engine.js';
import type { LocalRuntime } from './local-runtime.js';
import { firewallTable } from './names.js';
import { nft } from './networks/nft.js';
import { imagesOf } from './testing/built-images.js';
import { testEngine, type TestEngine } from './testing/test-engine.js';

const cacheDir = resolve(import.meta.dirname, '../../../../.cache');

describe('faults of the engine and the host', () => {
  let engine: TestEngine;
  let runtime: LocalRuntime;
  const instance = `f${process.pid}`;
  const system = (name: string) => container({ image: terminalImage }, name);

  beforeAll(async () => {
    await imagesOf(cacheDir, ['terminal']);
    engine = await testEngine(cacheDir);
    const options = { dataDir: engine.dataDir, instance, engineUrl: engine.url, builtinImages: { cacheDir } };
    runtime = await createLocalRuntime(options);
    // Else the one start that is broken off waits for its image, whenever no other spec has imported it before.
    const isThere = async () => expect(await runtime.ensureImage(terminalImage)).toMatchObject({ state: 'ready' });
    await vi.waitFor(isThere, { timeout: 60_000, interval: 200 });
  });
  afterAll(async () => {
    for (const sessionId of await runtime.sessions()) await removed(runtime, sessionId);
    await runtime.uninstall();
    await runtime.close();
    await engine.stop();
  });

  it('an engine that stops in the middle of a start is a reason to try again, and the next apply completes it', async () => {
    const spec = session(['a', 'b', 'c'].map(system));
    const applying = runtime.apply(spec).catch((error: unknown) => error);
    await expect
      .poll(async () => (await runtime.observe(spec)).systems.some(({ state }) => state !== 'absent'), {
        interval: 20,
        timeout: 20_000,
      })
      .toBe(true);
    await (await startEngine({ dataDir: engine.dataDir })).stop();
    await applying;
    await expect(runtime.apply(spec)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    // Not knowing is not "gone".
    await expect(runtime.observe(spec)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    await startEngine({ dataDir: engine.dataDir });
    await applied(runtime, spec);
    expect((await settled(runtime, spec)).systems.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    await removed(runtime, spec.sessionId);
  });

  it('a watch goes on after the engine was away', async () => {
    const spec = session([system('a')]);
    const seen = new Set<string>();
    const watch = runtime.watch((sessionId) => seen.add(sessionId));
    await (await startEngine({ dataDir: engine.dataDir })).stop();
    await startEngine({ dataDir: engine.dataDir });
    await applied(runtime, spec);
    await expect
      .poll(
        async () => {
          await runtime.restart({ sessionId: spec.sessionId, system: 'a' });
          return seen.has(spec.sessionId);
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(true);
    watch[Symbol.dispose]();
    await removed(runtime, spec.sessionId);
  });

  it('rules that were flushed stand again after the next apply, and only opened what still runs', async () => {
    const spec = session([system('a'), system('b')]);
    await started(runtime, spec);
    await nft(`delete table inet ${firewallTable(instance)}\n`);
    await runtime.apply(spec);
    const ping = { timeoutMs: 20_000 };
    expect(
      (await runtime.exec({ sessionId: spec.sessionId, system: 'a' }, ['ping', '-c1', '-W2', 'b'], ping)).exitCode,
    ).toBe(0);
    const host = [
      'bash',
      '-c',
      'timeout 2 bash -c "exec 3<>/dev/tcp/$(awk \'/^nameserver/ { print $2 }\' /etc/resolv.conf)/22" || echo closed',
    ];
    expect((await runtime.exec({ sessionId: spec.sessionId, system: 'a' }, host, ping)).stdout).toBe('closed\n');
    await removed(runtime, spec.sessionId);
  });
});
