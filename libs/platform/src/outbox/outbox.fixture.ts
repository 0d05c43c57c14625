import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { createDataSource } from '../database/data-source.js';
import { Database } from '../database/database.js';
import { migrate } from '../database/migrate.js';
import type { Migration } from '../database/migration.js';
import { Inbox } from '../inbox/inbox.js';
import { inboxMigration } from '../inbox/inbox.migration.js';
import { Metrics } from '../metrics/metrics.js';
import { OutboxRelay } from './outbox-relay.js';
import { OutboxReplay } from './outbox-replay.js';
import { OutboxWaker } from './outbox-waker.js';
import { Outbox } from './outbox.js';
import { outboxMigration } from './outbox.migration.js';

// These specs cause failures on purpose; their log lines would hide the real ones.
Logger.overrideLogger(false);

const things: Migration = {
  name: '0001-things',
  up: `CREATE TABLE things (id text CONSTRAINT things_pkey PRIMARY KEY, count int NOT NULL DEFAULT 0)`,
  down: 'DROP TABLE things',
};

/** For specs: one process of a service with a database, and as many relays as wanted. */
export async function openOutbox(connection: NatsConnection, url: string, consumer = 'spec') {
  const schema = 'spec';
  await migrate({ url, schema, migrations: [outboxMigration, inboxMigration, things] });
  const dataSource = await createDataSource({ url, schema, entities: [], poolSize: 16, name: 'spec' }).initialize();
  const database = new Database(dataSource);
  const waker = new OutboxWaker(dataSource, schema);
  const metrics = new Metrics({ service: 'spec' });
  const relays: OutboxRelay[] = [];
  return {
    dataSource,
    database,
    metrics,
    outbox: new Outbox(schema, 'spec', waker),
    replay: new OutboxReplay(dataSource, schema, waker),
    inbox: new Inbox(dataSource, database, metrics, { schema, consumer }),
    startRelay({ pollMs = 200 } = {}) {
      const relay = new OutboxRelay(connection, metrics, { url, schema, replicas: 1, batchSize: 100, pollMs });
      relays.push(relay);
      relay.start();
      return relay;
    },
    async close() {
      await Promise.all(relays.map((relay) => relay.close()));
      await dataSource.destroy();
    },
  };
}
