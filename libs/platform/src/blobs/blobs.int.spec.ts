import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { testNats } from '@lab-orchestrator/dev/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectNats } from '../messaging/nats-connection.js';
import { Blobs } from './blobs.js';

let nats: Awaited<ReturnType<typeof testNats>>;
let connection: NatsConnection;
let blobs: Blobs;

beforeAll(async () => {
  nats = await testNats();
  connection = await connectNats({ url: nats.url, name: 'spec' });
  blobs = new Blobs(connection, { replicas: 1 });
});

afterAll(async () => {
  await connection.close();
  await nats.stop();
});

async function* inChunks(content: Uint8Array, size: number) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function read(stream: AsyncIterable<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

describe('a blob', () => {
  it.each([0, 1, 128 * 1024, 3_000_001])('of %i bytes comes back as it was', async (sizeBytes) => {
    const content = randomBytes(sizeBytes);
    const stored = await blobs.put('LAB_UPLOADS', inChunks(content, 10_000), { maxBytes: sizeBytes });
    expect(stored).toMatchObject({ sizeBytes, sha256: sha256(content) });
    expect((await read(await blobs.get('LAB_UPLOADS', stored.key))).equals(content)).toBe(true);
  });

  it('keeps the key it was given, and its last content', async () => {
    for (const text of ['one', 'two']) {
      await blobs.put('LAB_FILES', inChunks(Buffer.from(text), 10), { maxBytes: 10, key: 'my-key' });
    }
    expect((await read(await blobs.get('LAB_FILES', 'my-key'))).toString()).toBe('two');
  });

  it('that is too large is refused, and nothing of it is kept', async () => {
    const bytesStored = async () =>
      (await (await jetstreamManager(connection)).streams.info('OBJ_LAB_UPLOADS')).state.bytes;
    const before = await bytesStored();
    const content = randomBytes(2_000_000);
    const failing = blobs.put('LAB_UPLOADS', inChunks(content, 10_000), { maxBytes: 1_000_000, key: 'large' });
    await expect(failing).rejects.toMatchObject({ code: 'too_large', status: 413 });
    expect(await blobs.has('LAB_UPLOADS', 'large')).toBe(false);
    expect(await bytesStored()).toBe(before);
  });

  it('that is missing, or deleted, is named as such', async () => {
    const missing = { code: 'blob_not_found', status: 404 };
    await expect(blobs.get('LAB_UPLOADS', 'missing')).rejects.toMatchObject(missing);
    await blobs.delete('LAB_UPLOADS', 'missing');
    const { key } = await blobs.put('LAB_UPLOADS', inChunks(Buffer.from('x'), 1), { maxBytes: 1 });
    expect(await blobs.has('LAB_UPLOADS', key)).toBe(true);
    await blobs.delete('LAB_UPLOADS', key);
    expect(await blobs.has('LAB_UPLOADS', key)).toBe(false);
    await expect(blobs.get('LAB_UPLOADS', key)).rejects.toMatchObject(missing);
  });

  it('is read no faster than its reader takes it', async () => {
    const content = randomBytes(20_000_000);
    const { key } = await blobs.put('LAB_UPLOADS', inChunks(content, 100_000), { maxBytes: content.length });
    const received = connection.stats().inBytes;
    const reader = (await blobs.get('LAB_UPLOADS', key)).getReader();
    await reader.read();
    await sleep(1_000);
    expect(connection.stats().inBytes - received).toBeLessThan(4_000_000);
    await reader.cancel();
  });
});

it('creates its buckets again when the broker has lost them', async () => {
  const manager = await jetstreamManager(connection);
  await manager.streams.delete('OBJ_LAB_FILES');
  await expect(blobs.get('LAB_FILES', 'my-key')).rejects.toMatchObject({ code: 'blob_not_found' });
  await blobs.put('LAB_FILES', inChunks(Buffer.from('again'), 10), { maxBytes: 10, key: 'my-key' });
  expect((await read(await blobs.get('LAB_FILES', 'my-key'))).toString()).toBe('again');
});
