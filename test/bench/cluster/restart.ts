import { join } from 'node:path';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import type { BenchRun, Row } from '../support/bench.ts';
import { Child } from '../support/child.ts';
import { turn } from '../support/measure.ts';
import { statisticsOf } from '../support/statistics.ts';
import { machine } from './labs.ts';
import type { Restart, RestartCommands } from './restart.process.ts';
import { settled, simulate, type Simulated } from './simulated.ts';
import type { ClusterStand } from './stand.ts';
import type { Template } from './template.ts';

const kinds = ['bare', 'ours', 'idle'] as const;
const names = { bare: 'bare fetch and parse', ours: 'runtime', idle: 'a process that does nothing' };
const namespaces = 50;
/** Before the machine's other work, which would show as stalls. All of them alike. */
const niceness = -10;
const idleMs = 3_000;

/** P12: the controller is started again on a cluster that is full. */
export async function measureRestart(stand: ClusterStand, template: Template, how: BenchRun): Promise<Row[]> {
  const { say, quick } = how;
  const count = Number(process.env['LAB_BENCH_MACHINES'] ?? (quick ? 500 : 5_000));
  try {
    const startedAt = performance.now();
    const sessions = sessionsOf(await simulate(stand, template, { count, namespaces, ownSessions: false }));
    await settled(stand);
    say(`${count} machines made in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    const instance = stand.instances.ours;
    const identities = { bare: await stand.identity('bare'), ours: await stand.identity('ours') };
    const starts = { bare: [] as Restart[], ours: [] as Restart[], idle: [] as Restart[] };
    for (let run = 0; run < 5; run += 1) {
      for (const kind of turn([...kinds], run)) {
        const one = await inNewProcess((child) => {
          if (kind === 'idle') return child.call('idle', identities.bare, idleMs);
          return child.call(kind, identities[kind], instance, sessions);
        });
        const { viewMs, stallMs, turnMs, machines } = one;
        say(
          `${names[kind]}: ${viewMs.toFixed(0)} ms, stalled for ${stallMs.toFixed(1)} ms, longest turn ${turnMs.toFixed(1)} ms of processor`,
        );
        if (kind !== 'idle' && machines !== count)
          throw new Error(`${names[kind]} saw ${machines} of ${count} machines`);
        starts[kind].push(one);
      }
    }
    return rowsOf(count, starts);
  } finally {
    await stand.removeAll();
  }
}

function rowsOf(count: number, starts: Record<(typeof kinds)[number], Restart[]>): Row[] {
  const row = (kind: (typeof kinds)[number], what: string, of: (start: Restart) => number, bar?: string): Row => {
    const values = starts[kind].map(of);
    return { name: `${names[kind]}: ${what}`, unit: 'ms', bar, values, ...statisticsOf(values) };
  };
  const view = `${count} machines known`;
  const bare = row('bare', view, ({ viewMs }) => viewMs);
  const ours = row('ours', view, ({ viewMs }) => viewMs, '≤ 1.1 ×');
  const stall = (kind: (typeof kinds)[number], bar?: string) =>
    row(kind, 'longest stall of the event loop', ({ stallMs }) => stallMs, bar);
  return [
    { ...bare, ratio: 1 },
    { ...ours, ratio: ours.median / bare.median },
    stall('idle'),
    stall('bare'),
    stall('ours', '≤ 20 ms'),
    row('bare', 'longest turn of the event loop, processor time', ({ turnMs }) => turnMs),
    row('ours', 'longest turn of the event loop, processor time', ({ turnMs }) => turnMs, '≤ 20 ms'),
  ];
}

async function inNewProcess(work: (child: Child<RestartCommands>) => Promise<Restart>): Promise<Restart> {
  const script = join(import.meta.dirname, 'restart.process.ts');
  const child = await Child.start<RestartCommands>(script, { where: 'measured', niceness });
  try {
    return await work(child);
  } finally {
    await child.end();
  }
}

function sessionsOf(machines: Simulated[]): SessionSpec[] {
  return [...Map.groupBy(machines, ({ sessionId }) => sessionId)].map(([sessionId, own]) => ({
    sessionId,
    generation: 1,
    networks: [{ name: 'lan', internet: false }],
    systems: own.map(({ name }) => machine(name)),
  }));
}
