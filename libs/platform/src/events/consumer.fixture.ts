import type { EventDefinition } from '@lab-orchestrator/contracts';
import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { Metrics } from '../metrics/metrics.js';
import { DeadLetters } from './dead-letters.js';
import { Delivery } from './delivery.js';
import { EventConsumer } from './event-consumer.js';
import type { EventRoute } from './event-route.js';

// These specs cause failures on purpose; their log lines would hide the real ones.
Logger.overrideLogger(false);

export interface ConsumerFixture {
  durable: string;
  definition: EventDefinition;
  handle: EventRoute['handle'];
  retryDelaysMs?: readonly number[];
  concurrency?: number;
}

/** For specs: one consumer as a service would run it, with short pauses. */
export async function startConsumer(connection: NatsConnection, fixture: ConsumerFixture) {
  const { durable, definition, handle, retryDelaysMs = [20, 40, 80, 160], concurrency = 32 } = fixture;
  const options = { durable, concurrency, ackWaitMs: 1_000, replicas: 1 };
  const routes = new Map([[definition.type, { definition, handle }]]);
  const metrics = new Metrics({ service: durable });
  const delivery = new Delivery(routes, new DeadLetters(connection), metrics, { ...options, retryDelaysMs });
  const consumer = new EventConsumer(connection, delivery, options);
  await consumer.start();
  return consumer;
}
