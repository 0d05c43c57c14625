import { type CloudEvent, EVENT_SUBJECTS } from '@lab-orchestrator/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { DeliverPolicy, jetstream, type JsMsg, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventHeaders } from './event-headers.js';
import { readEnvelope } from './received-event.js';
import { EVENT_STREAM, streamCreatedAt } from './streams.js';

export type FeedItem =
  | { readonly kind: 'event'; readonly sequence: number; readonly event: CloudEvent }
  /** Events may be missing before the next item: read the present state again. */
  | { readonly kind: 'gap'; readonly why: 'expired' | 'stream_recreated' };

export interface FeedOptions {
  /** The last sequence the reader has seen; without it the feed begins with what happens from now on. */
  afterSequence?: number;
  signal: AbortSignal;
}

interface Position {
  after: number | undefined;
  stream: string | undefined;
}

const restartPauseMs = 250;

/** Reads events without being a consumer that owes acknowledgements: for live views. Open one per process and fan out. */
@Injectable()
export class EventFeed {
  private readonly logger = new Logger('EventFeed');

  constructor(private readonly connection: NatsConnection) {}

  /** Every event in the stream's order, until the signal aborts. Survives restarts of the broker. */
  async *open({ afterSequence, signal }: FeedOptions): AsyncGenerator<FeedItem, void> {
    const position: Position = { after: afterSequence, stream: undefined };
    while (!signal.aborted && !this.connection.isClosed()) {
      try {
        yield* this.round(position, signal);
      } catch (error) {
        this.logger.warn({ err: error }, 'the feed starts again');
      }
      await sleep(restartPauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async *round(position: Position, signal: AbortSignal): AsyncGenerator<FeedItem, void> {
    const gap = await this.meetStream(position);
    if (gap) yield gap;
    const start =
      position.after === undefined
        ? { deliver_policy: DeliverPolicy.New }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: position.after + 1 };
    const consumer = await jetstream(this.connection).consumers.get(EVENT_STREAM, {
      filter_subjects: EVENT_SUBJECTS,
      ...start,
    });
    const messages = await consumer.consume({
      max_messages: 500,
      expires: 5_000,
      idle_heartbeat: 1_000,
      abort_on_missing_resource: true,
    });
    const stop = () => void messages.close();
    signal.addEventListener('abort', stop, { once: true });
    // It may have happened while the broker was asked.
    if (signal.aborted) stop();
    try {
      for await (const message of messages) {
        position.after = message.seq;
        const item = this.itemOf(message);
        if (item) yield item;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await messages.close();
      // Otherwise the broker keeps it for minutes.
      await consumer.delete().catch(() => undefined);
    }
  }

  /** Decides whether the position still means something in the stream as it is now. */
  private async meetStream(position: Position): Promise<FeedItem | undefined> {
    const manager = await jetstreamManager(this.connection);
    const createdAt = await streamCreatedAt(manager, EVENT_STREAM);
    const recreated = position.stream !== undefined && position.stream !== createdAt;
    position.stream = createdAt;
    const { state } = await manager.streams.info(EVENT_STREAM);
    if (position.after === undefined) {
      position.after = state.last_seq;
      return recreated ? { kind: 'gap', why: 'stream_recreated' } : undefined;
    }
    if (recreated || position.after > state.last_seq) {
      position.after = 0;
      return { kind: 'gap', why: 'stream_recreated' };
    }
    return position.after + 1 < state.first_seq ? { kind: 'gap', why: 'expired' } : undefined;
  }

  private itemOf(message: JsMsg): FeedItem | undefined {
    if (message.headers?.has(eventHeaders.redriveFor)) return undefined;
    try {
      return { kind: 'event', sequence: message.seq, event: readEnvelope(message) };
    } catch (error) {
      this.logger.warn({ err: error, subject: message.subject }, 'left out of the feed');
      return undefined;
    }
  }
}
