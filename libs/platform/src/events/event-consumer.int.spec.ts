import { setTimeout as sleep } from 'node:timers/promises';
import { defineEvent } from '@lab-orchestrator/contracts';
import { testNats } from '@lab-orchestrator/dev/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { TransientError } from '../errors/transient-error.js';
import { connectNats } from '../messaging/nats-connection.js';
import { type ConsumerFixture, startConsumer } from './consumer.fixture.js';
import { DeadLetters } from './dead-letters.js';
import type { EventConsumer } from './event-consumer.js';
import { EventPublisher } from './event-publisher.js';
import { EVENT_STREAM } from './streams.js';

const Counted = defineEvent('thing.counted.v1', z.object({ thing: z.string(), count: z.int() }), (data) => data.thing);
const Other = defineEvent('thing.ignored.v1', z.object({ thing: z.string() }), (data) => data.thing);

let nats: Awaited<ReturnType<typeof testNats>>;
let connection: NatsConnection;
let publisher: EventPublisher;
let consumers: EventConsumer[] = [];
let run = 0;

beforeAll(async () => {
  nats = await testNats();
  connection = await connectNats({ url: nats.url, name: 'spec' });
  publisher = new EventPublisher(connection, 'spec');
});

beforeEach(async () => {
  run += 1;
  const manager = await jetstreamManager(connection);
  await manager.streams.purge(EVENT_STREAM).catch(() => undefined);
});

afterEach(async () => {
  await Promise.all(consumers.map((consumer) => consumer.close()));
  consumers = [];
});

afterAll(async () => {
  await connection.close();
  await nats.stop();
});

async function consume(fixture: Omit<ConsumerFixture, 'definition'>) {
  const consumer = await startConsumer(connection, {
    definition: Counted,
    ...fixture,
    durable: `${fixture.durable}-${run}`,
  });
  consumers.push(consumer);
  return consumer;
}

const publish = (thing: string, count: number) =>
  publisher.publish(Counted, { thing, count }, { id: `${run}.${thing}.${count}` });

/** What a publisher does whose broker is away. */
async function publishUntilStored(thing: string, count: number) {
  for (;;) {
    const stored = await publish(thing, count).then(
      () => true,
      () => false,
    );
    if (stored) return;
    await sleep(100);
  }
}

describe('an event consumer', () => {
  it('handles the events of one key in order and those of different keys at once', async () => {
    const seen = new Map<string, number[]>();
    let running = 0;
    let mostRunning = 0;
    await consume({
      durable: 'order',
      handle: async (_, event) => {
        const { thing, count } = Counted.data.parse(event.data);
        mostRunning = Math.max(mostRunning, (running += 1));
        await sleep(Math.random() * 5);
        seen.set(thing, [...(seen.get(thing) ?? []), count]);
        running -= 1;
      },
    });
    const counts = Array.from({ length: 40 }, (_, index) => index);
    for (const count of counts) await Promise.all(['a', 'b', 'c', 'd', 'e'].map((thing) => publish(thing, count)));
    await vi.waitFor(() => expect([...seen.values()].flat()).toHaveLength(200), 5_000);
    expect(seen).toEqual(new Map(['a', 'b', 'c', 'd', 'e'].map((thing) => [thing, counts])));
    expect(mostRunning).toBeGreaterThan(2);
  });

  it('gives one event to one process of a service, and to every service', async () => {
    const seen: string[] = [];
    const handle = (service: string) => async () => void seen.push(service);
    await consume({ durable: 'one', handle: handle('one') });
    await consume({ durable: 'one', handle: handle('one') });
    await consume({ durable: 'two', handle: handle('two') });
    await Promise.all(Array.from({ length: 50 }, (_, count) => publish('a', count)));
    await vi.waitFor(() => expect(seen).toHaveLength(100), 5_000);
    expect(seen.filter((service) => service === 'one')).toHaveLength(50);
  });

  it('passes over types nobody handles', async () => {
    const seen: unknown[] = [];
    await consume({ durable: 'some', handle: async (data) => void seen.push(data) });
    await publisher.publish(Other, { thing: 'x' }, { id: `${run}.other` });
    await publish('x', 1);
    await vi.waitFor(() => expect(seen).toEqual([{ thing: 'x', count: 1 }]));
    const manager = await jetstreamManager(connection);
    await vi.waitFor(async () => {
      const info = await manager.consumers.info(EVENT_STREAM, `some-${run}`);
      expect([info.num_pending, info.num_ack_pending]).toEqual([0, 0]);
    });
  });

  it('keeps trying while something we need is away, longer than it would try a poison message', async () => {
    let tries = 0;
    await consume({
      durable: 'outage',
      retryDelaysMs: [5, 5],
      handle: async () => {
        tries += 1;
        if (tries <= 8) throw new TransientError('the database is away');
      },
    });
    await publish('a', 1);
    await vi.waitFor(() => expect(tries).toBe(9), 5_000);
    expect(await new DeadLetters(connection).list(`outage-${run}`)).toEqual([]);
  });

  it('works on a slow event without anybody else getting it', async () => {
    const deliveries: number[] = [];
    await consume({
      durable: 'slow',
      handle: async (_, event) => {
        deliveries.push(event.deliveryCount);
        await sleep(1_800);
      },
    });
    await publish('a', 1);
    await sleep(2_200);
    expect(deliveries).toEqual([1]);
  });

  it('finishes what it holds before it closes', async () => {
    let finished = 0;
    const consumer = await consume({
      durable: 'closing',
      handle: async () => {
        await sleep(300);
        finished += 1;
      },
    });
    await publish('a', 1);
    await sleep(100);
    await consumer.close();
    expect(finished).toBe(1);
  });
});

describe('when the broker fails', () => {
  it.each([
    [
      'its consumer is deleted',
      async () => {
        const manager = await jetstreamManager(connection);
        await manager.consumers.delete(EVENT_STREAM, `survivor-${run}`);
      },
    ],
    [
      'the stream is deleted',
      async () => {
        const manager = await jetstreamManager(connection);
        await manager.streams.delete(EVENT_STREAM);
      },
    ],
    ['the broker restarts', () => nats.restart()],
    [
      'the broker is killed and the stream is gone afterwards',
      async () => {
        const manager = await jetstreamManager(connection);
        await manager.streams.delete(EVENT_STREAM);
        await nats.kill();
        await nats.restart();
      },
    ],
  ])('goes on after %s', async (_, fail) => {
    const seen: unknown[] = [];
    await consume({ durable: 'survivor', handle: async (__, event) => void seen.push(event.id) });
    await publish('a', 1);
    await vi.waitFor(() => expect(seen).toEqual([`${run}.a.1`]));
    await fail();
    await publishUntilStored('a', 2);
    await vi.waitFor(() => expect(seen).toContain(`${run}.a.2`), 10_000);
  });

  it('loses nothing of what is published while it restarts', async () => {
    const seen = new Set<string>();
    await consume({ durable: 'restart', handle: async (_, event) => void seen.add(event.id) });
    const publishing = Promise.all(
      Array.from({ length: 20 }, async (_, thing) => {
        for (let count = 0; count < 20; count += 1) {
          await publishUntilStored(`t${thing}`, count);
          await sleep(20);
        }
      }),
    );
    await sleep(150);
    await nats.kill();
    await nats.restart();
    await publishing;
    await vi.waitFor(() => expect(seen.size).toBe(400), 15_000);
  });
});
