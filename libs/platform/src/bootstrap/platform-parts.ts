import type { NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { Blobs } from '../blobs/blobs.js';
import type { BaseConfig } from '../config/base-config.js';
import { createDataSource } from '../database/data-source.js';
import { Database } from '../database/database.js';
import { migrateService } from '../database/migrate-service.js';
import { whenReachable } from '../database/when-reachable.js';
import { DeadLetters } from '../events/dead-letters.js';
import { EventFeed } from '../events/event-feed.js';
import { awaitStreams } from '../events/streams.js';
import { EventPublisher } from '../events/event-publisher.js';
import { Health } from '../health/health.js';
import { Inbox } from '../inbox/inbox.js';
import { closeNats, connectNats, drained } from '../messaging/nats-connection.js';
import { RequestClient } from '../messaging/request-client.js';
import { Metrics } from '../metrics/metrics.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { OutboxReplay } from '../outbox/outbox-replay.js';
import { OutboxWaker } from '../outbox/outbox-waker.js';
import { Outbox } from '../outbox/outbox.js';
import type { ServiceDatabase, ServiceDefinition } from './service-definition.js';

export interface DatabaseParts {
  readonly dataSource: DataSource;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly replay: OutboxReplay;
  readonly inbox: Inbox;
  readonly relay: OutboxRelay;
}

/** Everything that is opened before the application is built, and closed after it. */
export interface PlatformParts {
  readonly config: BaseConfig;
  readonly connection: NatsConnection;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly requestClient: RequestClient;
  readonly eventPublisher: EventPublisher;
  readonly eventFeed: EventFeed;
  readonly deadLetters: DeadLetters;
  readonly blobs: Blobs;
  readonly database: DatabaseParts | undefined;
}

/** Connects to the broker and the database, and migrates. */
export async function openPlatform(
  definition: ServiceDefinition,
  health: Health,
  metrics: Metrics,
): Promise<PlatformParts> {
  const { name, config } = definition;
  const connection = await connectNats({ url: config.LAB_NATS_URL, name });
  const replicas = config.LAB_NATS_REPLICAS;
  health.register('nats', () => connection.flush());
  try {
    await awaitStreams(connection, { replicas });
    const database = definition.database && (await openDatabase(definition.database, definition, connection, metrics));
    if (database) health.register('postgres', async () => void (await database.dataSource.query('SELECT 1')));
    return {
      config,
      connection,
      health,
      metrics,
      requestClient: new RequestClient(connection),
      eventPublisher: new EventPublisher(connection, name),
      eventFeed: new EventFeed(connection),
      deadLetters: new DeadLetters(connection),
      blobs: new Blobs(connection, { replicas }),
      database,
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** In the order in which the parts need each other. */
export async function closePlatform({ connection, database }: PlatformParts) {
  database?.inbox.close();
  if (database) await drained(database.relay.close());
  if (database?.dataSource.isInitialized) await database.dataSource.destroy();
  await closeNats(connection);
}

async function openDatabase(
  { url, schema, poolSize, entities, migrations }: ServiceDatabase,
  { name, config }: ServiceDefinition,
  connection: NatsConnection,
  metrics: Metrics,
): Promise<DatabaseParts> {
  await whenReachable(() => migrateService({ url, schema, migrations }));
  const dataSource = await whenReachable(() =>
    createDataSource({ url, schema, poolSize, entities, name }).initialize(),
  );
  const database = new Database(dataSource);
  const waker = new OutboxWaker(dataSource, schema);
  return {
    dataSource,
    database,
    outbox: new Outbox(schema, name, waker),
    replay: new OutboxReplay(dataSource, schema, waker),
    inbox: new Inbox(dataSource, database, metrics, { schema, consumer: name }),
    relay: new OutboxRelay(connection, metrics, { url, schema, replicas: config.LAB_NATS_REPLICAS }),
  };
}
