import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startPostgres } from '@lab-orchestrator/dev';
import type { BareCommands } from './outbox/bare.process.ts';
import type { ConsumerCommands } from './outbox/consumer.process.ts';
import type { WriterCommands } from './outbox/writer.process.ts';
import type { Bench, BenchRun, Row } from './support/bench.ts';
import { Child } from './support/child.ts';
import type { Commands } from './support/commands.ts';
import { combined, rowNamed } from './support/derived.ts';
import { measure } from './support/measure.ts';
import { quantile, statisticsOf } from './support/statistics.ts';
import { until } from './support/until.ts';

/** Events a second while the time of each is taken: a busy class, far from saturation. */
const perSecond = 100;

/** Stores that keep what they confirm, as in production: what is written survives a power cut. */
export const bench: Bench = {
  title: 'P9: events from a transaction to another service, against the bare database and the bare broker',
  async run(say, how) {
    const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres') });
    const nats = await startNats({ dataDir: join(folder, 'nats') });
    const start = <C extends Commands>(name: string, ...values: string[]) => {
      const script = join(import.meta.dirname, `outbox/${name}.process.ts`);
      return Child.start<C>(script, { where: 'measured', values });
    };
    // The writer first: it makes the tables.
    const writer = await start<WriterCommands>('writer', nats.url, postgres.url);
    const consumer = await start<ConsumerCommands>('consumer', nats.url);
    const bare = await start<BareCommands>('bare', nats.url, postgres.url);
    try {
      return await measureAll({ writer, consumer, bare }, say, how);
    } finally {
      await Promise.all([writer.end(), consumer.end(), bare.end()]);
      await Promise.all([postgres.stop(), nats.stop()]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Parts {
  writer: Child<WriterCommands>;
  consumer: Child<ConsumerCommands>;
  bare: Child<BareCommands>;
}

async function measureAll(
  { writer, consumer, bare }: Parts,
  say: BenchRun['say'],
  { quick }: BenchRun,
): Promise<Row[]> {
  const count = quick ? 500 : 5_000;
  let written = 0;
  const rate = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return count / ((performance.now() - startedAt) / 1000);
  };
  const endToEnd = async () => {
    written += count;
    await writer.call('writeAll', count);
    await arrived();
  };
  // What is late for half a minute is lost; the count below tells.
  const arrived = () => until(async () => (await consumer.call('seen')) >= written).catch(() => undefined);
  say(`${count} events at once`);
  const names = {
    sql: 'bare SQL of the same rows',
    publish: 'bare JetStream publish',
    ours: 'outbox, write to consumer',
  };
  const rates = await measure(
    [
      { name: names.sql, measure: () => rate(() => bare.call('writeAll', count)) },
      { name: names.publish, measure: () => rate(() => bare.call('publishAll', count)) },
      { name: names.ours, measure: () => rate(endToEnd) },
    ],
    { unit: 'events/s' },
  );
  const [sql, publish] = [rowNamed(rates, names.sql), rowNamed(rates, names.publish)];
  const slower = sql.median < publish.median ? sql : publish;
  const share = { name: `outbox ÷ ${slower.name}`, unit: '×', bar: '≥ 0.5' };
  say(`${perSecond} events a second`);
  await consumer.call('tookMs');
  const pace = { perSecond, seconds: quick ? 2 : 10 };
  const p99 = { name: `write to consumer, 99th percentile at ${perSecond}/s`, bar: '≤ 10 ms' };
  const timed = async () => {
    written += await writer.call('writePaced', pace);
    await arrived();
    return quantile(await consumer.call('tookMs'), 0.99);
  };
  const latency = await measure([{ ...p99, measure: timed }], { unit: 'ms' });
  const lost = written - (await consumer.call('seen'));
  return [
    ...rates,
    combined(share, [rowNamed(rates, names.ours), slower], (ours, theirs) => ours / theirs),
    ...latency,
    { name: `lost of ${written}`, unit: 'events', bar: '0', values: [lost], ...statisticsOf([lost]) },
  ];
}
