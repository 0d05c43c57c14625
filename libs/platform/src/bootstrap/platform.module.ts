import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Blobs } from '../blobs/blobs.js';
import { Database } from '../database/database.js';
import { DeadLetters } from '../events/dead-letters.js';
import { EventFeed } from '../events/event-feed.js';
import { EventPublisher } from '../events/event-publisher.js';
import { Health } from '../health/health.js';
import { Inbox } from '../inbox/inbox.js';
import { RequestClient } from '../messaging/request-client.js';
import { Metrics } from '../metrics/metrics.js';
import { OutboxReplay } from '../outbox/outbox-replay.js';
import { Outbox } from '../outbox/outbox.js';
import type { PlatformParts } from './platform-parts.js';
import { CONFIG, NATS_CONNECTION } from './tokens.js';

/** Makes the parts of the platform injectable everywhere in a service. */
@Module({})
export class PlatformModule {
  static with(parts: PlatformParts): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: parts.config },
      { provide: NATS_CONNECTION, useValue: parts.connection },
      { provide: Health, useValue: parts.health },
      { provide: Metrics, useValue: parts.metrics },
      { provide: RequestClient, useValue: parts.requestClient },
      { provide: EventPublisher, useValue: parts.eventPublisher },
      { provide: EventFeed, useValue: parts.eventFeed },
      { provide: DeadLetters, useValue: parts.deadLetters },
      { provide: Blobs, useValue: parts.blobs },
      ...databaseProviders(parts),
    ];
    const imports = parts.database ? [typeOrm(parts.database)] : [];
    return { module: PlatformModule, global: true, imports, providers, exports: providers };
  }
}

function databaseProviders({ database }: PlatformParts): Provider[] {
  if (!database) return [];
  return [
    { provide: Database, useValue: database.database },
    { provide: Outbox, useValue: database.outbox },
    { provide: OutboxReplay, useValue: database.replay },
    { provide: Inbox, useValue: database.inbox },
  ];
}

/** The data source is open already: migrations ran before the application was built. */
function typeOrm({ dataSource }: NonNullable<PlatformParts['database']>) {
  return TypeOrmModule.forRootAsync({
    useFactory: () => dataSource.options,
    dataSourceFactory: () => Promise.resolve(dataSource),
  });
}
