import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import type { BenchRun, Row } from '../support/bench.ts';
import { Child } from '../support/child.ts';
import { paced } from '../support/paced.ts';
import { quantile, statisticsOf } from '../support/statistics.ts';
import { wallClockMs } from '../support/wall-clock.ts';
import { settled, simulate, type Simulated } from './simulated.ts';
import type { ClusterStand } from './stand.ts';
import type { Template } from './template.ts';
import type { Sighting, WatcherCommands } from './watcher.process.ts';

const perSecond = 20;
/** So many machines by turns that one change is seen long before the next of the same. */
const machines = 100;
const kinds = ['bare', 'ours'] as const;
const names = { bare: 'bare watch', ours: 'runtime' };

/** P4: a machine is changed; each contender, in a process of its own, notes when it is told. */
export async function measureChanges(stand: ClusterStand, template: Template, how: BenchRun): Promise<Row[]> {
  const { say, quick } = how;
  const all = await simulate(stand, template, { count: machines, namespaces: 1, ownSessions: true });
  const start = async (kind: (typeof kinds)[number]) => {
    const child = await Child.start<WatcherCommands>(join(import.meta.dirname, 'watcher.process.ts'), {
      where: 'measured',
    });
    await child.call(kind, await stand.identity(kind), stand.instances.ours);
    return child;
  };
  const watchers = { bare: await start('bare'), ours: await start('ours') };
  try {
    await settled(stand);
    const round = async (seconds: number) => {
      for (const kind of kinds) await watchers[kind].call('seen');
      const sent = await change(stand, all, seconds);
      await sleep(3_000);
      return {
        bare: delays(sent, await watchers.bare.call('seen')),
        ours: delays(sent, await watchers.ours.call('seen')),
      };
    };
    await round(5);
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (let run = 0; run < 5; run += 1) {
      const one = await round(quick ? 5 : 20);
      say(kinds.map((kind) => `${names[kind]} p99 ${quantile(one[kind], 0.99).toFixed(1)} ms`).join(', '));
      rounds.push(one);
    }
    const rows = rowsOf(rounds);
    const quietS = Number(process.env['LAB_BENCH_QUIET_S'] ?? (quick ? 0 : 600));
    if (quietS === 0) return rows;
    say(`${quietS / 60} quiet minutes`);
    await sleep(quietS * 1000);
    const { bare, ours } = await round(20);
    const late = (name: string, value: number, bar?: string): Row => ({
      name: `after ${quietS / 60} quiet minutes, ${name}`,
      unit: 'ms',
      bar,
      values: [value],
      ...statisticsOf([value]),
    });
    return [
      ...rows,
      late('bare watch: slowest', Math.max(...bare)),
      late('runtime: slowest', Math.max(...ours), '≤ 2,000'),
      late('runtime later than bare watch: most', Math.max(...added({ bare, ours }))),
    ];
  } finally {
    await Promise.all(kinds.map((kind) => watchers[kind].end()));
    await stand.removeAll();
  }
}

function rowsOf(rounds: Record<(typeof kinds)[number], number[]>[]): Row[] {
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
function added({ bare, ours }: Record<(typeof kinds)[number], number[]>): number[] {
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

/** From each change to the first that was told of its session afterwards. */
function delays(sent: Sighting[], seen: Sighting[]): number[] {
  return sent.map(({ sessionId, atMs }) => {
    const first = seen.find((one) => one.sessionId === sessionId && one.atMs >= atMs);
    if (first === undefined) throw new Error(`One of ${sent.length} changes was never told, ${seen.length} were.`);
    return first.atMs - atMs;
  });
}
