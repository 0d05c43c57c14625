import { EVENT_SUBJECTS } from '@lab-orchestrator/contracts';
import { Logger } from '@nestjs/common';
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { drained, onReconnect } from '../messaging/nats-connection.js';
import type { Delivery } from './delivery.js';
import { ensureStreams, EVENT_STREAM } from './streams.js';

export interface EventConsumerOptions {
  /** The durable name: one per service; its processes share the work. */
  durable: string;
  /** Events handled at once; those of one key never. */
  concurrency: number;
  replicas: number;
  ackWaitMs: number;
}

const restartPauseMs = 500;

/**
 * Reads the service's durable consumer for as long as the process lives. Whatever happens to the broker, to the stream
 * or to the consumer ends one round; the next one creates what is missing and goes on.
 */
export class EventConsumer {
  private readonly logger = new Logger('Events');
  private messages: ConsumerMessages | undefined;
  private running: Promise<void> | undefined;
  private closing = false;
  private reading = false;
  private interrupted = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly delivery: Delivery,
    private readonly options: EventConsumerOptions,
  ) {}

  /** Resolves when the consumer exists: events published from then on reach it. */
  async start() {
    await this.ensure();
    this.running = this.run();
    // What was pulled over the old connection may never arrive: pull again.
    void onReconnect(this.connection, () => this.interrupt());
  }

  /** Whether the last round is still reading; readiness shows it. */
  get isReading() {
    return this.reading;
  }

  /** Takes no new event and waits for the handlers that run. */
  async close() {
    this.closing = true;
    await this.messages?.close();
    await this.delivery.idle();
    if (this.running) await drained(this.running);
  }

  private interrupt() {
    this.interrupted = true;
    void this.messages?.close();
  }

  private async run() {
    while (!this.closing && !this.connection.isClosed()) {
      try {
        await this.round();
      } catch (error) {
        if (!this.closing) this.logger.warn({ err: error }, 'reading events was interrupted');
      }
      this.reading = false;
      if (!this.closing) await sleep(restartPauseMs);
    }
  }

  private async round() {
    this.interrupted = false;
    await this.ensure();
    const consumer = await jetstream(this.connection).consumers.get(EVENT_STREAM, this.options.durable);
    this.reading = true;
    while (!this.closing && !this.interrupted) await this.pull(consumer);
  }

  /** Asks for no more than can be held at once: a message that waited here unseen would be sent again. */
  private async pull(consumer: Consumer) {
    const max_messages = await this.delivery.space();
    if (this.closing) return;
    this.messages = await consumer.fetch({ max_messages, expires: 5_000, idle_heartbeat: 1_000 });
    // Closing or interrupting found nothing to close while the request was being sent.
    if (this.closing || this.interrupted) void this.messages.close();
    for await (const message of this.messages) {
      if (this.closing) message.nak();
      else this.delivery.accept(message);
    }
  }

  private async ensure() {
    const manager = await jetstreamManager(this.connection);
    await ensureStreams(manager, this.options);
    await this.ensureConsumer(manager);
  }

  /** NATS 2.9 allows one filter per consumer: it reads every event, and what nobody handles is acknowledged at once. */
  private async ensureConsumer(manager: JetStreamManager) {
    const { durable, ackWaitMs, concurrency } = this.options;
    await manager.consumers.add(EVENT_STREAM, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      filter_subject: EVENT_SUBJECTS,
      ack_wait: nanos(ackWaitMs),
      // Counted here and not there: the broker would drop the last try without a dead letter when the process dies in it.
      max_deliver: -1,
      // Events that wait for their next try count, too; they must not block the others.
      max_ack_pending: Math.max(5_000, concurrency * 10),
    });
  }
}
