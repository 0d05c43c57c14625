import { defineEvent } from '@lab-orchestrator/contracts';
import { testDatabase, testNats } from '@lab-orchestrator/dev/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { composeEvent } from '../events/cloud-event.js';
import { startConsumer } from '../events/consumer.fixture.js';
import type { EventConsumer } from '../events/event-consumer.js';
import { connectNats } from '../messaging/nats-connection.js';
import { openOutbox } from '../outbox/outbox.fixture.js';

const Counted = defineEvent('thing.counted.v1', z.object({ thing: z.string() }), (data) => data.thing);

let nats: Awaited<ReturnType<typeof testNats>>;
let postgres: Awaited<ReturnType<typeof testDatabase>>;
let connection: NatsConnection;
let service: Awaited<ReturnType<typeof openOutbox>>;
let consumer: EventConsumer;
let deliveries = 0;

beforeAll(async () => {
  [nats, postgres] = await Promise.all([testNats(), testDatabase()]);
  connection = await connectNats({ url: nats.url, name: 'spec' });
  service = await openOutbox(connection, postgres.url);
  consumer = await startConsumer(connection, {
    durable: 'counter',
    definition: Counted,
    handle: async (_, event) => {
      deliveries += 1;
      await service.inbox.once(event, (tx) => increment(tx, Counted.data.parse(event.data).thing));
    },
  });
});

beforeEach(() => {
  deliveries = 0;
});

afterAll(async () => {
  await consumer.close();
  await service.close();
  await connection.close();
  await nats.stop();
  await postgres.drop();
});

function increment(tx: { query(sql: string, values: unknown[]): Promise<unknown> }, thing: string) {
  return tx.query(
    `INSERT INTO things (id, count) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET count = things.count + 1`,
    [thing],
  );
}

async function countOf(thing: string) {
  const rows = await service.dataSource.query<Array<{ count: number }>>('SELECT count FROM things WHERE id = $1', [
    thing,
  ]);
  return rows[0]?.count;
}

/** Publishes the event as often as told; the broker takes each for a new message, as it does 130 s later. */
async function deliver(id: string, thing: string, times: number) {
  const { subject, envelope } = composeEvent(Counted, { thing }, { id, source: 'spec' });
  const body = JSON.stringify(envelope);
  await Promise.all(Array.from({ length: times }, () => jetstream(connection).publish(subject, body)));
}

describe('an event', () => {
  it('has its effect once, however often it arrives', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => deliver(`once-${n}`, `repeated-${n % 20}`, 4)));
    await vi.waitFor(() => expect(deliveries).toBe(800), { timeout: 20_000, interval: 50 });
    const counts = await Promise.all(Array.from({ length: 20 }, (_, n) => countOf(`repeated-${n}`)));
    expect(counts).toEqual(Array(20).fill(10));
  });

  it('has no second effect a day later, and its row is gone when the stream has forgotten it, too', async () => {
    await deliver('old', 'aged', 1);
    await vi.waitFor(async () => expect(await countOf('aged')).toBe(1));
    const age = (interval: string) =>
      service.dataSource.query(`UPDATE inbox SET received_at = now() - $1::interval WHERE event_id = 'old'`, [
        interval,
      ]);
    await age('24 hours');
    await service.inbox.cleanUp();
    await deliver('old', 'aged', 2);
    await vi.waitFor(() => expect(deliveries).toBe(3));
    expect(await countOf('aged')).toBe(1);
    await age('8 days 1 hour');
    await service.inbox.cleanUp();
    expect(await service.dataSource.query(`SELECT event_id FROM inbox WHERE event_id = 'old'`)).toEqual([]);
  });
});

describe('once', () => {
  const event = (id: string) => ({ id, type: Counted.type });

  it('leaves no trace of a failed try, so that the next one counts', async () => {
    const failing = service.inbox.once(event('fails'), async (tx) => {
      await increment(tx, 'fails');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await countOf('fails')).toBeUndefined();
    expect(await service.inbox.once(event('fails'), async () => 'done')).toBe('done');
  });

  it('lets the second of two at the same time wait, and then do nothing', async () => {
    const order: string[] = [];
    const first = service.inbox.once(event('twin'), async (tx) => {
      await tx.query('SELECT pg_sleep(0.2)');
      order.push('first');
      return 'first';
    });
    await vi.waitFor(async () => {
      const held = await service.dataSource.query<unknown[]>(
        `SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(0.2)' AND state = 'active' AND pid <> pg_backend_pid()`,
      );
      expect(held).toHaveLength(1);
    });
    const second = service.inbox.once(event('twin'), async () => order.push('second'));
    expect(await Promise.all([first, second])).toEqual(['first', undefined]);
    expect(order).toEqual(['first']);
  });
});
