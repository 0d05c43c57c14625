import { join } from 'node:path';
import type { BareCommands } from './list/bare.process.ts';
import type { CallersCommands, Target } from './list/callers.process.ts';
import { type Platform, startPlatform } from './list/platform.ts';
import type { Statement } from './list/statement-log.ts';
import type { Bench, BenchRun, Row } from './support/bench.ts';
import { Child } from './support/child.ts';
import { measure } from './support/measure.ts';
import { cpuSecondsOf } from './support/process-facts.ts';
import { quantile, statisticsOf } from './support/statistics.ts';

const script = (name: string) => join(import.meta.dirname, `list/${name}.process.ts`);

export const bench: Bench = {
  title: 'P11: a learner’s list of sessions, against bare Fastify and pg with the same SQL',
  async run(_say, how) {
    const platform = await startPlatform();
    const values = [platform.databaseUrl, 'lab'];
    const bare = await Child.start<BareCommands>(script('bare'), { where: 'measured', values });
    const callers = await Child.start<CallersCommands>(script('callers'), { where: 'load' });
    try {
      const target = { url: `http://127.0.0.1:${await bare.call('port')}/sessions`, headers: {} };
      const statements = await statementsOf(platform, callers);
      how.say(`${statements.length} statements for one list`);
      await bare.call('serve', statements, 0);
      const costs = await measureCost(platform, callers, { pid: bare.pid, target }, how);
      return [...costs, ...(await measureLoad(platform.list, callers, how))];
    } finally {
      await callers.end();
      await bare.end();
      await platform.stop();
    }
  },
};

/** The statements of one list, as PostgreSQL got them; caches of the service are warm. */
async function statementsOf(
  { log, databaseUrl, list }: Platform,
  callers: Child<CallersCommands>,
): Promise<Statement[]> {
  await callers.call('ask', list, 1, 3);
  const statements = await log.during(databaseUrl, 'lab-service', () => callers.call('ask', list, 1, 1));
  if (!statements.some(({ text }) => /sessions/.test(text)))
    throw new Error('the list sent no statement to the database');
  return statements;
}

function measureCost(
  { list, pids }: Platform,
  callers: Child<CallersCommands>,
  bare: { pid: number; target: Target },
  { quick, say }: BenchRun,
): Promise<Row[]> {
  const count = quick ? 200 : 2_000;
  say(`${count} lists, 8 at once`);
  const cost = (target: Target, processes: number[]) => async () => {
    const used = () => processes.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
    const before = used();
    await callers.call('ask', target, 8, count);
    return ((used() - before) / count) * 1000;
  };
  return measure(
    [
      { name: 'bare Fastify and pg', measure: cost(bare.target, [bare.pid]) },
      { name: 'gateway and lab-service, with authentication', bar: '≤ 2 ×', measure: cost(list, pids) },
    ],
    { unit: 'CPU-ms' },
  );
}

async function measureLoad(list: Target, callers: Child<CallersCommands>, { quick, say }: BenchRun): Promise<Row[]> {
  const seconds = quick ? 3 : 10;
  const ask = async (share: number) => callers.call('askPaced', list, { perSecond: capacity * share, seconds });
  const capacity = await callers.call('ask', list, 32, quick ? 200 : 2_000);
  say(`80 % of ${capacity.toFixed(0)} lists a second`);
  const calm = { name: `95th percentile at 80 % of ${capacity.toFixed(0)} lists/s`, bar: '≤ 100 ms' };
  const p95 = async () => quantile(tookMs(await ask(0.8)), 0.95);
  const rows = await measure([{ ...calm, measure: p95 }], { unit: 'ms' });
  say('twice as many as it can');
  const outcomes = await ask(2);
  const shares = [
    ['answered', (status: number) => status === 200],
    ['shed with 503', (status: number) => status === 503],
    ['anything else', (status: number) => status !== 200 && status !== 503],
  ] as const;
  const counted = shares.map(([what, is]) => {
    const percent = (outcomes.filter(({ status }) => is(status)).length / outcomes.length) * 100;
    return single(`at 2 × overload: ${what}`, '%', percent, what === 'anything else' ? '0' : undefined);
  });
  const afterwards = await callers.call('askPaced', list, { perSecond: 1, seconds: 1 });
  if (afterwards.some(({ status }) => status !== 200))
    throw new Error('it does not answer any more after the overload');
  return [
    ...rows,
    ...counted,
    single('at 2 × overload: 99th percentile of all answers', 'ms', quantile(tookMs(outcomes), 0.99)),
    single('one list right after the overload', 'ms', Math.max(...tookMs(afterwards))),
  ];
}

const tookMs = (outcomes: { tookMs: number }[]) => outcomes.map((outcome) => outcome.tookMs);

function single(name: string, unit: string, value: number, bar?: string): Row {
  return { name, unit, bar, values: [value], ...statisticsOf([value]) };
}
