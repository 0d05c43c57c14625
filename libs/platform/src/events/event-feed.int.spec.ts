import { defineEvent } from '@lab-orchestrator/contracts';
import { testNats } from '@lab-orchestrator/dev/testing';
import { Logger } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { connectNats } from '../messaging/nats-connection.js';
import { eventHeaders } from './event-headers.js';
import { EventFeed, type FeedItem } from './event-feed.js';
import { EventPublisher } from './event-publisher.js';
import { ensureStreams, EVENT_STREAM } from './streams.js';

Logger.overrideLogger(false);

const Counted = defineEvent('thing.counted.v1', z.object({ count: z.int() }), () => 'thing');

let nats: Awaited<ReturnType<typeof testNats>>;
let connection: NatsConnection;
let publisher: EventPublisher;
let abort: AbortController;
let readers: Array<Promise<void>> = [];
let run = 0;

const manager = () => jetstreamManager(connection);
const ensure = async () => ensureStreams(await manager(), { replicas: 1 });

beforeAll(async () => {
  nats = await testNats();
  connection = await connectNats({ url: nats.url, name: 'spec' });
  publisher = new EventPublisher(connection, 'spec');
});

beforeEach(async () => {
  run += 1;
  abort = new AbortController();
  await (await manager()).streams.delete(EVENT_STREAM).catch(() => undefined);
  await ensure();
});

afterEach(async () => {
  abort.abort();
  await Promise.all(readers);
  readers = [];
});

afterAll(async () => {
  await connection.close();
  await nats.stop();
});

const publish = (count: number) => publisher.publish(Counted, { count }, { id: `${run}.${count}` });

/** What a reader sees: counts, and the word for a gap. */
function read(afterSequence?: number) {
  const seen: unknown[] = [];
  const describe = (item: FeedItem) => (item.kind === 'gap' ? item.why : Counted.data.parse(item.event.data).count);
  const reading = async () => {
    for await (const item of new EventFeed(connection).open({ afterSequence, signal: abort.signal }))
      seen.push(describe(item));
  };
  readers.push(reading());
  return seen;
}

/** A feed without position begins somewhere around its opening: publish until it has begun. */
async function opened() {
  const seen = read();
  let count = 1_000;
  await vi.waitFor(async () => {
    await publish((count += 1));
    expect(seen.length).toBeGreaterThan(0);
  }, 5_000);
  await vi.waitFor(() => expect(seen.at(-1)).toBe(count));
  seen.length = 0;
  return seen;
}

it('shows what happens from now on, in order', async () => {
  await publish(1);
  const seen = await opened();
  for (const count of [2, 3, 4]) await publish(count);
  await vi.waitFor(() => expect(seen).toEqual([2, 3, 4]));
});

it('goes on after the last sequence a reader has seen', async () => {
  for (const count of [1, 2, 3]) await publish(count);
  const seen = read(1);
  await vi.waitFor(() => expect(seen).toEqual([2, 3]));
  await publish(4);
  await vi.waitFor(() => expect(seen).toEqual([2, 3, 4]));
});

it('says so when events after that sequence have expired', async () => {
  for (const count of [1, 2, 3, 4]) await publish(count);
  await (await manager()).streams.purge(EVENT_STREAM, { seq: 4 });
  const seen = read(1);
  await vi.waitFor(() => expect(seen).toEqual(['expired', 4]));
});

it('says so when the sequence is from a stream that was lost', async () => {
  await publish(1);
  const seen = read(70);
  await vi.waitFor(() => expect(seen).toEqual(['stream_recreated', 1]));
});

it('says so when the stream is lost while it is read, and goes on', async () => {
  const seen = await opened();
  await (await manager()).streams.delete(EVENT_STREAM);
  await ensure();
  await publish(2);
  await vi.waitFor(() => expect(seen).toEqual(['stream_recreated', 2]), 8_000);
});

it('misses nothing when the broker restarts', async () => {
  const seen = await opened();
  await publish(2);
  await nats.restart();
  await vi.waitFor(() => publish(3), 8_000);
  await vi.waitFor(() => expect(seen).toEqual([2, 3]), 8_000);
});

it('leaves out what is redriven for one consumer, and what is no event', async () => {
  const seen = await opened();
  const head = headers();
  head.set(eventHeaders.redriveFor, 'somebody');
  await jetstream(connection).publish('events.thing.counted.v1.thing', '{}', { headers: head });
  await jetstream(connection).publish('events.thing.counted.v1.thing', 'not json');
  await publish(2);
  await vi.waitFor(() => expect(seen).toEqual([2]));
});

it('ends when its reader leaves, and leaves no consumer behind', async () => {
  await opened();
  abort.abort();
  await Promise.all(readers);
  await vi.waitFor(async () => {
    expect((await (await manager()).streams.info(EVENT_STREAM)).state.consumer_count).toBe(0);
  }, 8_000);
});

it.each([0, 2, 4, 8])(
  'ends when it is aborted %i ms after it began, whatever it then asks the broker',
  async (ms) => {
    read();
    setTimeout(() => abort.abort(), ms);
    await expect(Promise.all(readers)).resolves.toHaveLength(1);
  },
  5_000,
);
