import type { BenchRun, Row } from '../support/bench.ts';
import { combined, rowNamed } from '../support/derived.ts';
import { measure } from '../support/measure.ts';
import { cpuSecondsOf } from '../support/process-facts.ts';
import { quantile, statisticsOf } from '../support/statistics.ts';
import { type Contender, names, type Stage } from './stage.ts';

const consoles = 20;
const keysPerSecond = 100;
/** Coder's load test: each connection reads and writes 40 KB a second. 1 KiB at a time is many small writes. */
const traffic = { frameBytes: 1_000, framesPerSecond: 40 };

/** P6: what a key press takes there and back, and how many busy consoles one core carries. */
export async function measureKeyPresses(stage: Stage, run: BenchRun): Promise<Row[]> {
  const browser = await stage.browser();
  const contenders: Contender[] = [];
  for (const name of names) {
    const contender = await stage.contender(name);
    await browser.call('open', name, await contender.addresses('echo', consoles));
    contenders.push(contender);
  }
  run.say('key presses');
  const seconds = run.quick ? 2 : 15;
  const rows = await measure(
    contenders.map(({ name }) => ({
      name: `${name}, key press`,
      measure: async () => {
        const { tookMs } = await browser.call('press', name, { perSecond: keysPerSecond, seconds });
        return quantile(tookMs, 0.5);
      },
    })),
    { unit: 'ms p50', repetitions: run.quick ? 5 : 9 },
  );
  const direct = rowNamed(rows, 'direct, key press');
  const added = contenders.slice(1).map(({ name }) => {
    const row = { name: `${name}, key press, added`, unit: 'ms p50', bar: name === 'service' ? '≤ 0.2 ms' : undefined };
    return combined(row, [rowNamed(rows, `${name}, key press`), direct], (through, without) => through - without);
  });
  await browser.kill();
  for (const contender of contenders) await contender.stop();
  return [...rows, ...added, ...(await measureSessionsPerCore(stage, run))];
}

/** From what so many consoles use of one core: less than a full core, so that nothing queues; then scaled. */
async function measureSessionsPerCore(stage: Stage, { quick, say }: BenchRun): Promise<Row[]> {
  const count = quick ? 50 : 100;
  const seconds = quick ? 2 : 10;
  const browser = await stage.browser();
  const contenders = [await stage.contender('nginx'), await stage.contender('service')];
  for (const contender of contenders)
    await browser.call('open', contender.name, await contender.addresses('echo', count));
  say(`${count} busy consoles`);
  const rows = await measure(
    contenders.map(({ name, pid }) => ({
      name: `${name}, consoles per core at 40 KB/s each way, from ${count}`,
      bar: name === 'service' ? '≥ 500' : undefined,
      measure: async () => {
        const before = cpuSecondsOf(pid);
        const startedAt = performance.now();
        await browser.call('type', name, traffic.frameBytes, { perSecond: count * traffic.framesPerSecond, seconds });
        const cores = (cpuSecondsOf(pid) - before) / ((performance.now() - startedAt) / 1000);
        return count / cores;
      },
    })),
    { unit: 'consoles' },
  );
  await browser.kill();
  for (const contender of contenders) await contender.stop();
  const published = { name: 'Coder, published', unit: 'consoles', values: [250], ...statisticsOf([250]) };
  return [...rows.map((row) => ({ ...row, ratio: undefined })), published];
}
