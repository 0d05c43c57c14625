import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { jetstream, StorageType } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { type ObjectStore, Objm } from '@nats-io/obj';
import { TransientError } from '../errors/transient-error.js';
import { UserError } from '../errors/user-error.js';
import { countingStream } from './counting-stream.js';
import { readChunks } from './read-chunks.js';

/** `LAB_UPLOADS`: what a user sends, for one hour. `LAB_FILES`: content-addressed copies, rebuilt from Postgres. */
export type Bucket = 'LAB_UPLOADS' | 'LAB_FILES';

export interface StoredBlob {
  readonly key: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

const hourMs = 3_600_000;
const ttlMs: Record<Bucket, number | undefined> = { LAB_UPLOADS: hourMs, LAB_FILES: undefined };

/** Files that cross processes: messages carry their keys only. */
@Injectable()
export class Blobs {
  constructor(
    private readonly connection: NatsConnection,
    private readonly options: { replicas: number },
  ) {}

  /**
   * Stores a stream. Throws `too_large` (413) when it is longer than `maxBytes`; then nothing is kept.
   * @param options.key the content's hash in LAB_FILES; a random key unless given
   */
  async put(
    bucket: Bucket,
    source: AsyncIterable<Uint8Array>,
    options: { maxBytes: number; key?: string },
  ): Promise<StoredBlob> {
    const store = await this.open(bucket);
    const key = options.key ?? randomUUID();
    const hash = createHash('sha256');
    const counted = countingStream(source, options.maxBytes, (chunk) => hash.update(chunk));
    const info = await store.put({ name: key }, counted);
    return { key, sizeBytes: info.size, sha256: hash.digest('hex') };
  }

  /** Reads a blob as it arrives; throws `blob_not_found` (404) when it is missing or expired. */
  async get(bucket: Bucket, key: string): Promise<ReadableStream<Uint8Array>> {
    const store = await this.open(bucket);
    const info = await store.info(key);
    if (!info || info.deleted) {
      throw new UserError('blob_not_found', { status: 404, detail: 'The file is not there, or no longer.' });
    }
    return ReadableStream.from(readChunks(jetstream(this.connection), info));
  }

  async has(bucket: Bucket, key: string): Promise<boolean> {
    const store = await this.open(bucket);
    const info = await store.info(key);
    return info !== null && !info.deleted;
  }

  /** Deleting what is not there is no error. */
  async delete(bucket: Bucket, key: string): Promise<void> {
    const store = await this.open(bucket);
    if (await this.has(bucket, key)) await store.delete(key);
  }

  /** Creates the bucket when it is missing: the broker may have lost it. */
  private async open(bucket: Bucket): Promise<ObjectStore> {
    const ttl = ttlMs[bucket];
    try {
      return await new Objm(jetstream(this.connection)).create(bucket, {
        storage: StorageType.File,
        replicas: this.options.replicas,
        ...(ttl && { ttl: nanos(ttl) }),
      });
    } catch (cause) {
      throw new TransientError(`bucket ${bucket} is away`, { cause });
    }
  }
}
