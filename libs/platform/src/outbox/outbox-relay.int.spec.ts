import { setTimeout as sleep } from 'node:timers/promises';
import { defineEvent } from '@lab-orchestrator/contracts';
import { testDatabase, testNats } from '@lab-orchestrator/dev/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startConsumer } from '../events/consumer.fixture.js';
import type { EventConsumer } from '../events/event-consumer.js';
import { EVENT_STREAM } from '../events/streams.js';
import { connectNats } from '../messaging/nats-connection.js';
import { openOutbox } from './outbox.fixture.js';

const Counted = defineEvent('thing.counted.v1', z.object({ thing: z.string(), count: z.int() }), (data) => data.thing);

let nats: Awaited<ReturnType<typeof testNats>>;
let postgres: Awaited<ReturnType<typeof testDatabase>>;
let connection: NatsConnection;
let process: Awaited<ReturnType<typeof openOutbox>>;
let consumers: EventConsumer[];

beforeEach(async () => {
  [nats, postgres] = await Promise.all([testNats(), testDatabase()]);
  connection = await connectNats({ url: nats.url, name: 'spec' });
  process = await openOutbox(connection, postgres.url);
  consumers = [];
});

afterEach(async () => {
  await Promise.all(consumers.map((consumer) => consumer.close()));
  await process.close();
  await connection.close();
  await nats.stop();
  await postgres.drop();
});

/** One change of a thing: its row is locked first, so its events are written in the order of the counts. */
function count(thing: string, events = 1) {
  return process.database.transaction(async (tx) => {
    for (let n = 0; n < events; n += 1) {
      const [row] = await tx.query<Array<{ count: number }>>(
        `INSERT INTO things (id, count) VALUES ($1, 1)
         ON CONFLICT (id) DO UPDATE SET count = things.count + 1 RETURNING count`,
        [thing],
      );
      await process.outbox.add(tx, Counted, { thing, count: row?.count ?? 0 });
    }
  });
}

/** What one consumer has seen of each thing, each event id once. */
async function watch(durable: string) {
  const ids = new Set<string>();
  const counts = new Map<string, number[]>();
  consumers.push(
    await startConsumer(connection, {
      durable,
      definition: Counted,
      concurrency: 256,
      handle: async (_, event) => {
        const { thing, count: value } = Counted.data.parse(event.data);
        if (ids.size === ids.add(event.id).size) return;
        counts.set(thing, [...(counts.get(thing) ?? []), value]);
      },
    }),
  );
  return { ids, counts };
}

const cutRelays = () =>
  process.dataSource.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%relay'
                            AND datname = current_database()`);

describe('the outbox', () => {
  it('loses nothing and keeps the order of each key: 16 writers, 2 relays cut off again and again', async () => {
    const seen = await watch('watcher');
    process.startRelay();
    process.startRelay();
    const perThing = 25;
    const things = Array.from({ length: 200 }, (_, index) => `thing-${index}`);
    const turns = things
      .flatMap((thing) => Array<string>(perThing / 5).fill(thing))
      .toSorted(() => Math.random() - 0.5);
    const writers = Array.from({ length: 16 }, async () => {
      for (let thing = turns.pop(); thing; thing = turns.pop()) await count(thing, 5);
    });
    const stop = new AbortController();
    const cutting = (async () => {
      while (!stop.signal.aborted) {
        await sleep(400);
        await cutRelays();
      }
    })();
    await Promise.all(writers);
    stop.abort();
    await cutting;
    await vi.waitFor(() => expect(seen.ids.size).toBe(things.length * perThing), { timeout: 20_000, interval: 100 });
    const inOrder = Array.from({ length: perThing }, (_, index) => index + 1);
    expect([...seen.counts.values()].filter((counts) => counts.join() !== inOrder.join())).toEqual([]);
  });

  it('publishes nothing of a transaction that rolls back', async () => {
    const seen = await watch('watcher');
    process.startRelay();
    const failing = process.database.transaction(async (tx) => {
      await process.outbox.add(tx, Counted, { thing: 'a', count: 1 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await count('b');
    await vi.waitFor(() => expect([...seen.counts.keys()]).toEqual(['b']));
  });

  it('refuses data that breaks the schema, in the transaction', async () => {
    const failing = process.database.transaction((tx) => process.outbox.add(tx, Counted, { thing: 'a', count: 1.5 }));
    await expect(failing).rejects.toThrow(/count/);
  });

  it('needs no poll to be fast, whoever opened the transaction', async () => {
    const seen = await watch('watcher');
    const relay = process.startRelay({ pollMs: 60_000 });
    await vi.waitFor(() => expect(relay.isLeading).toBe(true), 5_000);
    await count('a');
    await vi.waitFor(() => expect(seen.ids.size).toBe(1), 5_000);
    await sleep(20);
    await process.dataSource.transaction((tx) => process.outbox.add(tx, Counted, { thing: 'a', count: 2 }));
    await vi.waitFor(() => expect(seen.ids.size).toBe(2), 5_000);
  });

  it('publishes again from a cursor what a consumer has lost', async () => {
    const first = await watch('first');
    process.startRelay();
    await count('a', 10);
    await vi.waitFor(() => expect(first.ids.size).toBe(10));
    const manager = await jetstreamManager(connection);
    await manager.streams.purge(EVENT_STREAM);
    const second = await watch('second');
    // The broker drops repeats for two minutes; only a new stream forgets them sooner.
    await manager.streams.delete(EVENT_STREAM);
    const [sixth] = [...first.ids].slice(5);
    expect(await process.replay.replay({ afterEventId: sixth ?? '' })).toBeGreaterThanOrEqual(4);
    await vi.waitFor(() => expect([...second.ids]).toEqual(expect.arrayContaining([...first.ids].slice(6))), 5_000);
  });
});

describe('when the broker fails', () => {
  it('publishes everything again when the broker has lost the stream: 2,000 ids at each of 3 consumers', async () => {
    const watchers = [await watch('one'), await watch('two'), await watch('three')];
    process.startRelay();
    const write = (from: number) =>
      Promise.all(Array.from({ length: 50 }, (_, index) => count(`thing-${from + index}`, 20)));
    await write(0);
    const manager = await jetstreamManager(connection);
    await manager.streams.delete(EVENT_STREAM);
    await nats.kill();
    const during = write(50);
    await nats.restart();
    await during;
    await vi.waitFor(() => expect(watchers.map(({ ids }) => ids.size)).toEqual([2_000, 2_000, 2_000]), {
      timeout: 20_000,
      interval: 100,
    });
    const late = await watch('late');
    await vi.waitFor(() => expect(late.ids.size).toBe(2_000), { timeout: 10_000, interval: 100 });
  });

  it('notices a lost stream that somebody else has created again', async () => {
    const seen = await watch('watcher');
    process.startRelay();
    await count('a', 5);
    await vi.waitFor(() => expect(seen.ids.size).toBe(5));
    const manager = await jetstreamManager(connection);
    await manager.streams.delete(EVENT_STREAM);
    // The consumer creates the stream within a second; the next event gets a sequence that was there before.
    await vi.waitFor(() => manager.streams.info(EVENT_STREAM), 5_000);
    await count('b', 1);
    const late = await watch('late');
    await vi.waitFor(() => expect(late.ids.size).toBe(6), 8_000);
  });
});
