import type { BenchRun, Row } from '../support/bench.ts';
import { combined, rowNamed } from '../support/derived.ts';
import { measure } from '../support/measure.ts';
import { quantile } from '../support/statistics.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type Contender, greedyNiceness, type Stage } from './stage.ts';

const consoles = 20;
const keysPerSecond = 100;

/** P7: what others notice of one who reads as fast as it can and one who does not read at all. */
export async function measureNeighbours(stage: Stage, { quick, say }: BenchRun): Promise<Row[]> {
  const pace = { perSecond: keysPerSecond, seconds: quick ? 3 : 15 };
  const rows: Row[] = [];
  for (const name of ['nginx', 'service'] as const) {
    say(`${name} with greedy and stalled consoles`);
    const contender = await stage.contender(name);
    const [probe, greedy] = [await stage.browser(), await stage.browser(greedyNiceness)];
    await probe.call('open', name, await contender.addresses('echo', consoles));
    const p99 = async () => quantile((await probe.call('press', name, pace)).tookMs, 0.99);
    const alone = { name: `${name}, others' p99 without them`, measure: p99 };
    const beside = { name: `${name}, others' p99 beside them`, measure: () => withThem(contender, greedy, p99) };
    const bar = name === 'service' ? '≤ 2 ×' : undefined;
    rows.push(...(await measure([alone, { ...beside, bar }], { unit: 'ms' })));
    rows.push(...(await measureStall(stage, contender, greedy)));
    await probe.kill();
    await greedy.kill();
    await contender.stop();
  }
  const [ours, theirs] = ['service', 'nginx'].map((name) => rowNamed(rows, `${name}, others' p99 beside them`));
  if (ours && theirs)
    rows.push(
      combined({ name: "service ÷ nginx, others' p99 beside them", unit: '×' }, [ours, theirs], (a, b) => a / b),
    );
  return rows;
}

async function withThem(contender: Contender, greedy: Browser, work: () => Promise<number>) {
  await greedy.call('open', 'greedy', await contender.addresses('greedy', 1));
  await stalled(contender, greedy);
  const before = await greedy.call('got', 'greedy');
  const value = await work();
  if ((await greedy.call('got', 'greedy')).bytes === before.bytes) throw new Error('the greedy console got nothing');
  await greedy.call('close', 'greedy');
  await greedy.call('close', 'stalled');
  await sleep(2_500);
  return value;
}

/** What is kept for a reader that does not read, beyond the console itself. */
async function measureStall(stage: Stage, contender: Contender, browser: Browser): Promise<Row[]> {
  const bar = contender.name === 'service' ? '≤ 1 MiB' : undefined;
  const held = async () => {
    const before = await contender.heldBytes();
    await stalled(contender, browser);
    await stage.greedyIsStuck();
    const kib = ((await contender.heldBytes()) - before) / 1024;
    await browser.call('close', 'stalled');
    // The service lets go of a console that nobody watches after a second.
    await sleep(2_500);
    return kib;
  };
  return measure([{ name: `${contender.name}, memory for a stalled reader`, bar, measure: held }], { unit: 'KiB' });
}

async function stalled(contender: Contender, browser: Browser) {
  await browser.call('openStalled', 'stalled', await contender.addresses('greedy', 1));
}
