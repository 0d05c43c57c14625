import { jetstream, jetstreamManager, type PubAck } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ensureStreams, EVENT_STREAM, streamCreatedAt } from '../events/streams.js';
import type { OutboxRow } from './outbox-table.js';

export interface PublishedBatch {
  readonly sent: string[];
  /** The first failure; rows of the same key after it were not tried. */
  readonly error: unknown;
}

/** A message written to a connection that is breaking gets no answer at all: soon enough it is sent again. */
const publishTimeoutMs = 2_000;

/** Publishes rows to the stream. */
export class OutboxPublisher {
  private lastSequence = 0;
  private sequenceFellBack = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly options: { replicas: number },
  ) {}

  /** Rows of different keys at once; rows of one key one after the other, so that a failure cannot change their order. */
  async publish(rows: readonly OutboxRow[]): Promise<PublishedBatch> {
    const sent: string[] = [];
    const sequences: number[] = [];
    let failure: { error: unknown } | undefined;
    const stream = jetstream(this.connection);
    const publishKey = async (ofKey: readonly OutboxRow[]) => {
      for (const { id, subject, payload } of ofKey) {
        // The id lets the broker drop what a relay that died had published already.
        const ack: PubAck = await stream.publish(subject, payload, { msgID: id, timeout: publishTimeoutMs });
        sent.push(id);
        if (!ack.duplicate) sequences.push(ack.seq);
      }
    };
    const keys = Map.groupBy(rows, (row) => row.key);
    await Promise.all(
      [...keys.values()].map((ofKey) => publishKey(ofKey).catch((error) => void (failure ??= { error }))),
    );
    this.watchSequence(sequences);
    return { sent, error: failure?.error };
  }

  /** Whether the stream seems to be another one than before; asking clears the suspicion. */
  takeSuspicion() {
    const suspicion = this.sequenceFellBack;
    this.sequenceFellBack = false;
    return suspicion;
  }

  /** Makes sure that the stream exists, and tells which one it is. */
  async meetStream() {
    const manager = await jetstreamManager(this.connection);
    await ensureStreams(manager, this.options);
    return { stream: EVENT_STREAM, createdAt: await streamCreatedAt(manager, EVENT_STREAM) };
  }

  private watchSequence(sequences: readonly number[]) {
    if (sequences.length === 0) return;
    if (Math.min(...sequences) <= this.lastSequence) this.sequenceFellBack = true;
    this.lastSequence = Math.max(...sequences);
  }
}
