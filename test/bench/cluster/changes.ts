import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import type { BenchRun, Row } from '../support/bench.ts';
import { paced } from '../support/paced.ts';
import { quantile, statisticsOf } from '../support/statistics.ts';
import { wallClockMs } from '../support/wall-clock.ts';
import { settled, simulate, type Simulated } from './simulated.ts';
import type { ClusterStand } from './stand.ts';
import type { Template } from './template.ts';
import type { Sighting } from './watcher.process.ts';
import { afterAway, awayMs, closeWatchers, type Delays, kinds, openWatchers, watched } from './watchers.ts';

const perSecond = 20;
/** So many machines by turns that one change is seen long before the next of the same. */
const machines = 100;
const names = { bare: 'bare watch', ours: 'runtime' };

/** P4: a machine is changed; each contender, in a process of its own, notes when it is told. */
export async function measureChanges(stand: ClusterStand, template: Template, how: BenchRun): Promise<Row[]> {
  const { say, quick } = how;
  const all = await simulate(stand, template, { count: machines, namespaces: 1, ownSessions: true });
  const watchers = await openWatchers(stand);
  try {
    await settled(stand);
    const round = (seconds: number) => watched(watchers, () => change(stand, all, seconds));
    await round(5);
    const rounds: Delays[] = [];
    for (let run = 0; run < 5; run += 1) {
      const one = await round(quick ? 5 : 20);
      say(kinds.map((kind) => `${names[kind]} p99 ${quantile(one[kind], 0.99).toFixed(1)} ms`).join(', '));
      rounds.push(one);
    }
    const rows = rowsOf(rounds);
    say(`the API server is away for ${awayMs / 1000} s`);
    rows.push(...lateRows('after an API server that was away', await afterAway(stand, () => change(stand, all, 20))));
    const quietS = Number(process.env['LAB_BENCH_QUIET_S'] ?? (quick ? 0 : 600));
    if (quietS === 0) return rows;
    say(`${quietS / 60} quiet minutes`);
    await sleep(quietS * 1000);
    return [...rows, ...lateRows(`after ${quietS / 60} quiet minutes`, await round(20))];
  } finally {
    await closeWatchers(watchers);
    await stand.removeAll();
  }
}

function lateRows(when: string, round: Delays): Row[] {
  const late = (name: string, value: number, bar?: string): Row => ({
    name: `${when}, ${name}`,
    unit: 'ms',
    bar,
    values: [value],
    ...statisticsOf([value]),
  });
  return [
    late('bare watch: slowest', Math.max(...round.bare)),
    late('runtime: slowest', Math.max(...round.ours), '≤ 2,000'),
    late('runtime later than bare watch: most', Math.max(...added(round))),
  ];
}

function rowsOf(rounds: Delays[]): Row[] {
  const row = (name: string, of: (round: (typeof rounds)[number]) => number, bar?: string): Row => {
    const values = rounds.map(of);
    return { name, unit: 'ms', bar, values, ...statisticsOf(values) };
  };
  return [
    row('bare watch: change to told, p50', ({ bare }) => quantile(bare, 0.5)),
    row('runtime: change to told, p50', ({ ours }) => quantile(ours, 0.5)),
    row('bare watch: change to told, p99', ({ bare }) => quantile(bare, 0.99)),
    row('runtime: change to told, p99', ({ ours }) => quantile(ours, 0.99)),
    row('runtime later than bare watch, p99 of all changes', (round) => quantile(added(round), 0.99), '≤ 10 ms'),
    row('runtime: slowest', ({ ours }) => Math.max(...ours), '≤ 2,000'),
  ];
}

/** How much later the runtime told of each change than the bare watch. */
function added({ bare, ours }: Delays): number[] {
  return ours.map((ms, index) => ms - (bare[index] ?? Number.NaN));
}

/** Changes one machine after another at a steady pace. */
async function change(stand: ClusterStand, all: Simulated[], seconds: number): Promise<Sighting[]> {
  const objects = KubernetesObjectApi.makeApiClient(stand.admin);
  const sent: Sighting[] = [];
  const writes: Promise<unknown>[] = [];
  await paced({ perSecond, seconds }, (index) => {
    const one = all[index % all.length];
    if (one === undefined) return;
    const { name, namespace, sessionId } = one;
    const metadata = { name, namespace, annotations: { 'bench.test/change': crypto.randomUUID() } };
    const machine = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata };
    sent.push({ sessionId, atMs: wallClockMs() });
    writes.push(objects.patch(machine, undefined, undefined, 'bench', undefined, PatchStrategy.MergePatch));
  });
  await Promise.all(writes);
  return sent;
}
