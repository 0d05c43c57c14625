import { defineEvent } from '@lab-orchestrator/contracts';
import { testNats } from '@lab-orchestrator/dev/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { connectNats } from '../messaging/nats-connection.js';
import { startConsumer } from './consumer.fixture.js';
import { DeadLetters } from './dead-letters.js';
import type { EventConsumer } from './event-consumer.js';
import { EventPublisher } from './event-publisher.js';

const Counted = defineEvent('thing.counted.v1', z.object({ count: z.int() }), (data) => `thing-${data.count % 50}`);

let nats: Awaited<ReturnType<typeof testNats>>;
let connection: NatsConnection;
let deadLetters: DeadLetters;
const consumers: EventConsumer[] = [];

beforeAll(async () => {
  nats = await testNats();
  connection = await connectNats({ url: nats.url, name: 'spec' });
  deadLetters = new DeadLetters(connection);
});

afterAll(async () => {
  await Promise.all(consumers.map((consumer) => consumer.close()));
  await connection.close();
  await nats.stop();
});

it('gives up poison after five tries, slows nobody, and hands it back to its consumer only', async () => {
  const total = 2_000;
  const isPoison = (count: number) => count % 100 === 0;
  const tries = new Map<number, number>();
  const handled = new Set<number>();
  const handledElsewhere: number[] = [];
  let fixed = false;
  consumers.push(
    await startConsumer(connection, {
      durable: 'strict',
      definition: Counted,
      handle: async (_, event) => {
        const { count } = Counted.data.parse(event.data);
        if (!isPoison(count)) return void handled.add(count);
        tries.set(count, (tries.get(count) ?? 0) + 1);
        if (!fixed) throw new Error('cannot digest this');
        handled.add(count);
      },
    }),
    await startConsumer(connection, {
      durable: 'lenient',
      definition: Counted,
      handle: async (_, event) => void handledElsewhere.push(Counted.data.parse(event.data).count),
    }),
  );
  const publisher = new EventPublisher(connection, 'spec');
  await Promise.all(
    Array.from({ length: total }, (_, count) => publisher.publish(Counted, { count }, { id: `e${count}` })),
  );

  await vi.waitFor(async () => expect(await deadLetters.list('strict')).toHaveLength(20), {
    timeout: 15_000,
    interval: 100,
  });
  expect([...new Set(tries.values())]).toEqual([5]);
  expect(handled.size).toBe(total - 20);
  await vi.waitFor(() => expect(handledElsewhere).toHaveLength(total), 5_000);
  expect((await deadLetters.list())[0]).toMatchObject({
    consumer: 'strict',
    subject: 'events.thing.counted.v1.thing-0',
    error: 'Error: cannot digest this',
    deliveries: 5,
  });

  fixed = true;
  expect(await deadLetters.redrive('strict')).toBe(20);
  await vi.waitFor(() => expect(handled.size).toBe(total), 5_000);
  expect(await deadLetters.list()).toEqual([]);
  expect(handledElsewhere).toHaveLength(total);
});

it.each([
  ['what is not JSON', 'not json', /is not JSON/],
  ['what is not a CloudEvent', '{"hello":1}', /not a CloudEvent/],
  [
    'data that breaks its schema',
    JSON.stringify(cloudEvent('thing.counted.v1', { count: 'many' })),
    /thing.counted.v1: .*count/,
  ],
  [
    'a type that is not the subject’s',
    JSON.stringify(cloudEvent('thing.renamed.v1', { count: 1 })),
    /the body says thing.renamed.v1/,
  ],
])('gives up %s at once, before the handler', async (_, body, error) => {
  let called = false;
  const consumer = await startConsumer(connection, {
    durable: 'parser',
    definition: Counted,
    handle: async (data) => void (called ||= JSON.stringify(data).includes('many')),
  });
  try {
    await jetstream(connection).publish('events.thing.counted.v1.broken', body);
    await vi.waitFor(async () => {
      const letters = await deadLetters.list('parser');
      expect(letters.at(-1)?.error).toMatch(error);
      expect(letters.at(-1)?.deliveries).toBe(1);
    }, 10_000);
    expect(called).toBe(false);
  } finally {
    await consumer.close();
  }
});

function cloudEvent(type: string, data: unknown) {
  return { specversion: '1.0', id: 'x', source: 'spec', type, subject: 'broken', time: new Date().toISOString(), data };
}
