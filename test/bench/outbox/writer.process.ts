import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { BaseConfig, Database, Outbox, startService } from '@lab-orchestrator/platform';
import { serveCommands } from '../support/commands.ts';
import { eachAtOnce } from '../support/each-at-once.ts';
import { type Pace, paced } from '../support/paced.ts';
import { wallClockMs } from '../support/wall-clock.ts';
import { insertThing, poolSize, schema, things, Written } from './written.ts';

const [natsUrl = '', databaseUrl = ''] = process.argv.slice(2);

class WriterModule {}
const service = await startService({
  name: 'bench-writer',
  config: BaseConfig.parse({ LAB_NATS_URL: natsUrl, LAB_LOG_LEVEL: 'warn' }),
  module: { module: WriterModule },
  database: { url: databaseUrl, schema, poolSize, entities: [], migrations: [things] },
});
const database = service.app.get(Database);
const outbox = service.app.get(Outbox);

/** As any service changes something: the state and its event in one transaction, the relay does the rest. */
function write() {
  const [thing, atMs, generation] = [randomUUID(), wallClockMs(), 1];
  return database.transaction(async (tx) => {
    await tx.query(insertThing, [thing, generation]);
    await outbox.add(tx, Written, { thing, atMs, generation });
  });
}

const commands = {
  /** Writes so many, as many at once as the pool has connections. */
  writeAll: (count: number) => eachAtOnce(poolSize, count, write),
  /** Writes in an open loop. */
  async writePaced(pace: Pace) {
    const writes: Promise<void>[] = [];
    await paced(pace, () => writes.push(write()));
    await Promise.all(writes);
    return writes.length;
  },
};
export type WriterCommands = typeof commands;
serveCommands(commands);
