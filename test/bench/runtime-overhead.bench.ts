import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { createLocalRuntime, type LocalRuntime, removeEngine, startEngine } from '@lab-orchestrator/lab-runtime';
import { checkout } from '../../tools/setup/checkout.mjs';
import type { Bench, Row } from './support/bench.ts';
import { bareEngine, type BareEngine } from './support/bare-engine.ts';
import { measure } from './support/measure.ts';
import { quantile } from './support/statistics.ts';

const AT_ONCE = [1, 20];
/** When the provisioner looks again at what is not ready. */
const againMs = 400;
const IMAGE = {
  id: 'terminal',
  name: 'terminal',
  kind: 'container',
  source: { kind: 'builtin', name: 'terminal' },
} as const;

/** One system on one isolated network; ready when its shell answers, for both contenders. */
export const bench: Bench = {
  title: 'P1: from start to ready, a bare client and the local runtime on the same engine',
  async run(say) {
    const dataDir = mkdtempSync(join(tmpdir(), 'lab-bench-'));
    const engine = await startEngine({ dataDir });
    const builtinImages = { cacheDir: join(checkout, '.cache') };
    const runtime = await createLocalRuntime({ dataDir, instance: 'bench', engineUrl: engine.url, builtinImages });
    try {
      const image = await imported(runtime);
      const bare = bareEngine(engine.url, image);
      const rows: Row[] = [];
      for (const count of AT_ONCE) {
        say(`${count} at once`);
        rows.push(...(await compare(count, bare, runtime)));
      }
      return rows;
    } finally {
      for (const sessionId of await runtime.sessions()) await runtime.remove(sessionId);
      await runtime.close();
      await removeEngine({ dataDir });
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

function compare(count: number, bare: BareEngine, runtime: LocalRuntime): Promise<Row[]> {
  // Of many at once the slow ones count, of one the usual.
  const share = count === 1 ? 0.5 : 0.95;
  const name = `${count} at once, ${count === 1 ? 'median' : '95th percentile'}`;
  const all = async (life: () => Promise<{ readyMs: number; end(): Promise<void> }>) => {
    const lives = await Promise.all(Array.from({ length: count }, life));
    for (const { end } of lives) await end();
    return quantile(
      lives.map(({ readyMs }) => readyMs),
      share,
    );
  };
  return measure(
    [
      { name: `bare client, ${name}`, measure: () => all(() => timed(bare.start)) },
      {
        name: `local runtime, ${name}`,
        bar: count === 1 ? '+ ≤ 150 ms' : '≤ 1.1 ×',
        measure: () => all(() => timed(() => start(runtime))),
      },
    ],
    { unit: 'ms', repetitions: count === 1 ? 9 : 5 },
  );
}

async function timed(life: () => Promise<() => Promise<void>>) {
  const startedAt = performance.now();
  const end = await life();
  return { readyMs: performance.now() - startedAt, end };
}

async function start(runtime: LocalRuntime): Promise<() => Promise<void>> {
  const session = oneSystem();
  await runtime.apply(session);
  while ((await runtime.observe(session)).systems.some(({ state }) => state !== 'ready')) await sleep(againMs);
  return async () => {
    while (!(await runtime.remove(session.sessionId)).gone) await sleep(50);
  };
}

function oneSystem(): SessionSpec {
  return {
    sessionId: crypto.randomUUID(),
    generation: 1,
    networks: [{ name: 'lan', internet: false }],
    systems: [
      {
        name: 'alpha',
        title: 'Alpha',
        kind: 'container',
        image: IMAGE,
        networks: ['lan'],
        forwarding: false,
        root: false,
        cpus: 0.5,
        memoryBytes: 64 * 2 ** 20,
        access: [{ name: 'shell', kind: 'terminal', command: ['bash'] }],
        ready: { timeoutS: 120 },
        environment: {},
        files: [],
      },
    ],
  };
}

/** Imports the image before anything is measured, and answers with what the engine calls it. */
async function imported(runtime: LocalRuntime): Promise<string> {
  for (;;) {
    const { state, reason } = await runtime.ensureImage(IMAGE);
    if (state === 'failed') throw new Error(reason?.text ?? 'the image cannot be imported');
    const names = await runtime.images();
    const name = names.find((each) => each.includes('/terminal:'));
    if (state === 'ready' && name !== undefined) return name;
    await sleep(200);
  }
}
