import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRun, Row } from '../support/bench.ts';
import { measure } from '../support/measure.ts';
import { residentBytesOf, socketsOf } from '../support/process-facts.ts';
import { statisticsOf } from '../support/statistics.ts';
import { until } from '../support/until.ts';
import type { Name, Stage } from './stage.ts';

const limitMs = 60_000;

/** P8: what a console costs that nobody uses, and whether anything stays of browsers that went silent. */
export async function measureIdle(stage: Stage, { quick, say }: BenchRun): Promise<Row[]> {
  const count = quick ? 300 : 2_000;
  say(`${count} idle consoles`);
  const contenders: Name[] = ['nginx', 'pipe', 'service'];
  const rows = await measure(
    contenders.map((name) => ({
      name: `${name}, memory per idle console, of ${count}`,
      bar: name === 'service' ? '≤ 25 KiB' : undefined,
      measure: () => perConsole(stage, name, count),
    })),
    { unit: 'KiB', warmUps: 0 },
  );
  say(`${count} browsers go silent`);
  return [...rows, await measureSilence(stage, count)];
}

/** Each time in a new process: one that had many consoles before has the memory for more. */
async function perConsole(stage: Stage, name: Name, count: number) {
  const contender = await stage.contender(name);
  const browser = await stage.browser();
  // The first few load code and open connections that all share.
  await browser.call('open', 'first', await contender.addresses('sink', 20));
  await contender.heldBytes();
  const before = residentBytesOf(contender.pid);
  await browser.call('open', 'idle', await contender.addresses('sink', count));
  await sleep(500);
  await contender.heldBytes();
  const kib = (residentBytesOf(contender.pid) - before) / count / 1024;
  await browser.kill();
  await contender.stop();
  return kib;
}

/** The process of all these browsers stops in mid-air: its sockets stay open, and it answers nothing any more. */
async function measureSilence(stage: Stage, count: number): Promise<Row> {
  const service = await stage.contender('service');
  const before = socketsOf(service.pid);
  const browser = await stage.browser();
  await browser.call('open', 'silent', await service.addresses('sink', count));
  const opened = socketsOf(service.pid) - before;
  if (opened < count) throw new Error(`only ${opened} sockets for ${count} consoles`);
  browser.freeze();
  await until(() => socketsOf(service.pid) <= before, limitMs).catch(() => undefined);
  const left = Math.max(0, socketsOf(service.pid) - before);
  await browser.kill();
  await service.stop();
  const name = `service, of ${opened} sockets left ${limitMs / 1000} s after ${count} browsers went silent`;
  return { name, unit: 'sockets', bar: '0', values: [left], ...statisticsOf([left]) };
}
