import type { BenchRun, Row } from '../support/bench.ts';
import { eachAtOnce } from '../support/each-at-once.ts';
import { turn } from '../support/measure.ts';
import { quantile, statisticsOf } from '../support/statistics.ts';
import type { Contender, Life } from './contender.ts';
import { atOnceOr, repetitionsOr, sessionsOr } from './scale.ts';
import type { Stage } from './stage.ts';

const kinds = ['bare', 'ours'] as const;
/** Sessions whose objects are being made at the same time: the provisioner's own number, unless told. */
const oursAtOnce = atOnceOr(16);
/** Among these the bare client's best is looked for. */
const choices = [8, 16, 32];
const repetitions = repetitionsOr(5);

interface Class {
  /** From the beginning until the last was ready, and gone. */
  startS: number;
  endS: number;
  /** When the slow ones were ready, by when the usual one was. */
  spread: number;
}

/** P2, and P12's teardown: a class begins at once, with machines that need no processor. */
export async function measureClass(stage: Stage, { say, quick }: BenchRun): Promise<Row[]> {
  const { bare, ours } = await stage.machines();
  const count = sessionsOr(quick ? 100 : 500);
  const bareAtOnce = await bestOf(bare, Math.min(count, 40), say);
  const contenders = { bare: { contender: bare, atOnce: bareAtOnce }, ours: { contender: ours, atOnce: oursAtOnce } };
  const classes = { bare: [] as Class[], ours: [] as Class[] };
  for (let run = 0; run < repetitions; run += 1) {
    for (const kind of turn([...kinds], run)) {
      const { contender, atOnce } = contenders[kind];
      const one = await oneClass(contender, count, atOnce);
      say(
        `${contender.name}, ${count} sessions: ready in ${one.startS.toFixed(1)} s, gone in ${one.endS.toFixed(1)} s`,
      );
      classes[kind].push(one);
    }
  }
  const rows = (what: string, unit: string, bar: string, of: (one: Class) => number) => {
    const [first, second] = kinds.map((kind): Row => {
      const values = classes[kind].map(of);
      return { name: `${contenders[kind].contender.name}: ${what}`, unit, values, ...statisticsOf(values) };
    });
    if (first === undefined || second === undefined) return [];
    return [
      { ...first, ratio: 1 },
      { ...second, ratio: second.median / first.median, bar },
    ];
  };
  return [
    ...rows(`class of ${count}, ready`, 'sessions/s', '≥ 0.9 ×', ({ startS }) => count / startS),
    ...rows(`class of ${count}, ready p95 ÷ p50`, '', '≤ 2', ({ spread }) => spread).map(withoutRatio),
    ...rows(`teardown of ${count}`, 's', '≤ 1.1 ×', ({ endS }) => endS),
  ];
}

const withoutRatio = (row: Row): Row => ({ ...row, ratio: undefined });

async function bestOf(bare: Contender, count: number, say: BenchRun['say']): Promise<number> {
  const tried: { atOnce: number; startS: number }[] = [];
  // The first is for caches and compilers.
  await oneClass(bare, 10, 10);
  for (const atOnce of choices) tried.push({ atOnce, startS: (await oneClass(bare, count, atOnce)).startS });
  const [best] = tried.toSorted((a, b) => a.startS - b.startS);
  const list = tried.map(({ atOnce, startS }) => `${atOnce} at once ${startS.toFixed(1)} s`).join(', ');
  say(`bare client, ${count} sessions: ${list}`);
  return best?.atOnce ?? oursAtOnce;
}

async function oneClass(contender: Contender, count: number, atOnce: number): Promise<Class> {
  const startedAt = performance.now();
  const lives: Life[] = [];
  const readyMs: Promise<number>[] = [];
  await eachAtOnce(atOnce, count, async () => {
    const life = await contender.start();
    lives.push(life);
    readyMs.push(life.ready.then(() => performance.now() - startedAt));
  });
  const times = await Promise.all(readyMs);
  const endedAt = performance.now();
  await Promise.all(lives.map((life) => life.end()));
  return {
    startS: Math.max(...times) / 1000,
    endS: (performance.now() - endedAt) / 1000,
    spread: quantile(times, 0.95) / quantile(times, 0.5),
  };
}
