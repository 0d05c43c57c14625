import type { BenchRun, Row } from '../support/bench.ts';
import { combined, rowNamed } from '../support/derived.ts';
import { measure } from '../support/measure.ts';
import type { Pace } from '../support/paced.ts';
import { cpuSecondsOf } from '../support/process-facts.ts';
import { until } from '../support/until.ts';
import type { Browser, Contender, Stage } from './stage.ts';

const consoles = 40;
const loads = [
  { label: '1 KiB', frameBytes: 1_024, framesPerSecond: 10_000 },
  { label: '16 KiB', frameBytes: 16_384, framesPerSecond: 2_000 },
];
const ways = [
  ['to the browser', printed],
  ['from the browser', typed],
] as const;
/** Bytes that arrived in other pieces than they were sent in measure something else than frames of this size. */
const mostPerFrame = 1.5;

/** P5: CPU seconds per gigabyte, in either direction. */
export async function measureBytes(stage: Stage, { say, quick }: BenchRun): Promise<Row[]> {
  const seconds = quick ? 1 : 8;
  const browser = await stage.browser();
  const contenders = [await stage.contender('pipe'), await stage.contender('nginx'), await stage.contender('service')];
  for (const contender of contenders) {
    for (const behaviour of ['paced', 'sink'] as const)
      await browser.call('open', `${behaviour}-${contender.name}`, await contender.addresses(behaviour, consoles));
    await until(async () => (await stage.source.call('waiting', contender.name)) === consoles);
  }
  const rows: Row[] = [];
  for (const { label, frameBytes, framesPerSecond } of loads) {
    const pace = { perSecond: framesPerSecond, seconds };
    for (const [way, send] of ways) {
      say(`${label} ${way}`);
      const group = `${label} ${way}`;
      const run = (contender: Contender) => ({
        name: `${contender.name}, ${group}`,
        bar: contender.name === 'service' ? '≤ 1.2 × pipe' : undefined,
        measure: async () => {
          const before = cpuSecondsOf(contender.pid);
          const { bytes, perFrame } = await send(stage, browser, contender, frameBytes, pace);
          if (perFrame > mostPerFrame) {
            const found = `${contender.name} passed on ${perFrame.toFixed(1)} frames as one: this machine is too busy`;
            if (!quick) throw new Error(found);
            say(found);
          }
          return ((cpuSecondsOf(contender.pid) - before) / bytes) * 1e9;
        },
      });
      const measured = await measure(contenders.map(run), { unit: 'CPU-s/GB' });
      const pair = [rowNamed(measured, `service, ${group}`), rowNamed(measured, `nginx, ${group}`)] as const;
      const ratio = { name: `service ÷ nginx, ${group}`, unit: '×', bar: '≤ 2' };
      rows.push(
        ...measured,
        combined(ratio, pair, (ours, theirs) => ours / theirs),
      );
    }
  }
  await browser.kill();
  for (const contender of contenders) await contender.stop();
  return rows;
}

async function printed(stage: Stage, browser: Browser, { name }: Contender, frameBytes: number, pace: Pace) {
  const group = `paced-${name}`;
  const before = await browser.call('got', group);
  const { bytes, frames } = await stage.source.call('print', name, frameBytes, pace);
  await until(async () => (await browser.call('got', group)).bytes - before.bytes >= bytes);
  const after = await browser.call('got', group);
  return { bytes, perFrame: frames / (after.frames - before.frames) };
}

async function typed(stage: Stage, browser: Browser, { name }: Contender, frameBytes: number, pace: Pace) {
  const before = await stage.source.call('taken');
  const { bytes } = await browser.call('type', `sink-${name}`, frameBytes, pace);
  await until(async () => (await stage.source.call('taken')) - before >= bytes);
  // Who reads a frame passes it on as it is; there is nothing to merge on this way.
  return { bytes, perFrame: 1 };
}
