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
  const count = quick ? 600 : 2_000;
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

/**
 * Each time in a new process, and only what the second half adds: the first fills what a process has in reserve after
 * its start, and would seem to cost nothing.
 */
async function perConsole(stage: Stage, name: Name, count: number) {
  const contender = await stage.contender(name);
  const browser = await stage.browser();
  const residentWith = async (more: number) => {
    await browser.call('open', 'idle', await contender.addresses('sink', more));
    await sleep(500);
    // Collects garbage, where there is any.
    await contender.heldBytes();
    return residentBytesOf(contender.pid);
  };
  const half = await residentWith(count / 2);
  const kib = ((await residentWith(count / 2)) - half) / (count / 2) / 1024;
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
