import type { BenchRun, Row } from '../support/bench.ts';
import { turn } from '../support/measure.ts';
import { quantile, statisticsOf } from '../support/statistics.ts';
import { AuditLog } from './audit-log.ts';
import type { Contender } from './contender.ts';
import { repetitionsOr } from './scale.ts';
import type { Stage } from './stage.ts';

const names = { bare: 'bare client', ours: 'runtime' };
type Kind = keyof typeof names;

/** P1: from the request to ready, with containers. A pod takes its time whoever asked for it: what counts is the rest. */
export async function measureStarts(stage: Stage, how: BenchRun): Promise<Row[]> {
  const { bare, ours } = await stage.containers();
  return [
    ...(await compare(stage, how, { bare, ours }, 1, repetitionsOr(how.quick ? 5 : 31))),
    ...(await compare(stage, how, { bare, ours }, how.quick ? 10 : 50, repetitionsOr(5))),
  ];
}

async function compare(
  stage: Stage,
  { say }: BenchRun,
  contenders: Record<Kind, Contender>,
  count: number,
  repetitions: number,
): Promise<Row[]> {
  const kinds = Object.keys(names) as Kind[];
  const share = count === 1 ? 0.5 : 0.95;
  const ready = { bare: [] as number[], ours: [] as number[] };
  const written = { bare: [] as number[], ours: [] as number[] };
  for (let run = -1; run < repetitions; run += 1) {
    for (const kind of turn(kinds, run)) {
      const log = new AuditLog();
      const wall = Date.now();
      const times = await lives(contenders[kind], count);
      // The first of each is for caches and compilers.
      if (run < 0) continue;
      say(`${count} at once, ${names[kind]}: ready after ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`);
      const pods = (await log.callsOf(stage.stand.userOf(kind))).filter(
        ({ verb, objectRef }) => verb === 'create' && objectRef?.resource === 'pods',
      );
      ready[kind].push(quantile(times, share));
      written[kind].push(
        quantile(
          pods.map(({ stageTimestamp }) => Date.parse(stageTimestamp) - wall),
          share,
        ),
      );
    }
  }
  const which = count === 1 ? 'one session' : `${count} at once, 95th percentile`;
  const row = (name: string, values: number[], more: Partial<Row> = {}): Row => ({
    name: `${name}, ${which}`,
    unit: 'ms',
    values,
    ...statisticsOf(values),
    ...more,
  });
  const rows = (what: string, of: Record<Kind, number[]>, bar?: string) => {
    const first = row(`${names.bare}: ${what}`, of.bare, { ratio: 1 });
    const second = row(`${names.ours}: ${what}`, of.ours, { bar });
    return [first, { ...second, ratio: second.median / first.median }];
  };
  return [
    ...rows('request to pods written', written),
    ...rows('request to ready', ready, count === 1 ? '+ ≤ 150 ms' : '≤ 1.1 ×'),
  ];
}

async function lives(contender: Contender, count: number): Promise<number[]> {
  const startedAt = performance.now();
  const started = await Promise.all(
    Array.from({ length: count }, async () => {
      const life = await contender.start();
      await life.ready;
      return { life, readyMs: performance.now() - startedAt };
    }),
  );
  const ends = Promise.all(started.map(({ life }) => life.end()));
  // The end of one is a wait for timers of the cluster, which disturbs nobody; that of many is work.
  if (count > 1) await ends;
  else ends.catch(() => undefined);
  return started.map(({ readyMs }) => readyMs);
}
