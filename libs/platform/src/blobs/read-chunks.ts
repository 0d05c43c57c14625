import { createHash } from 'node:crypto';
import { type JetStreamClient } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';

const chunksAhead = 8;

/**
 * Reads an object chunk by chunk, as fast as the reader takes them: the client's own `get` gathers whatever arrives,
 * and a disk image does not fit into memory. Fails at the end when the content is not what was stored.
 */
export async function* readChunks(client: JetStreamClient, info: ObjectInfo): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  let left = info.chunks;
  if (left > 0) {
    const consumer = await client.consumers.get(`OBJ_${info.bucket}`, {
      filter_subjects: `$O.${info.bucket}.C.${info.nuid}`,
    });
    const options = {
      max_messages: chunksAhead,
      expires: 5_000,
      idle_heartbeat: 1_000,
      abort_on_missing_resource: true,
    };
    const messages = await consumer.consume(options);
    try {
      for await (const message of messages) {
        hash.update(message.data);
        left -= 1;
        yield message.data;
        if (left === 0) break;
      }
    } finally {
      await messages.close();
      await consumer.delete().catch(() => undefined);
    }
  }
  if (left > 0 || info.digest !== `SHA-256=${padded(hash.digest('base64url'))}`) {
    throw new Error(`blob ${info.name}: what was read is not what was stored`);
  }
}

/** The object store's digests keep the padding that Node leaves out. */
const padded = (digest: string) => digest.padEnd(Math.ceil(digest.length / 4) * 4, '=');
