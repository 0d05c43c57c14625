import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { onReconnect } from '../messaging/nats-connection.js';
import type { Metrics } from '../metrics/metrics.js';
import { OutboxPublisher } from './outbox-publisher.js';
import { OutboxTable } from './outbox-table.js';
import { outboxChannel } from './outbox-waker.js';
import { Timetable } from './timetable.js';
import { Wake } from './wake.js';

export interface OutboxRelayOptions {
  url: string;
  schema: string;
  replicas: number;
  batchSize?: number;
  /** How soon a row is found whose notification was lost. */
  pollMs?: number;
}

const defaultBatchSize = 500;
const defaultPollMs = 1_000;
const pauseAfterErrorMs = 500;

/**
 * Publishes the outbox. Every process of the service runs a relay; the one that holds the advisory lock works, another
 * takes over within a second after its connection is gone. So the order per key is the order of the table.
 */
export class OutboxRelay {
  private readonly logger = new Logger('Outbox');
  private readonly publisher: OutboxPublisher;
  private readonly bell = new Wake();
  private readonly due = new Timetable({ stream: 10_000, metrics: 5_000, cleanUp: 600_000 });
  private running: Promise<void> | undefined;
  private closing = false;
  private leading = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly metrics: Metrics,
    private readonly options: OutboxRelayOptions,
  ) {
    this.publisher = new OutboxPublisher(connection, options);
  }

  start() {
    if (this.running) return;
    this.running = this.run();
    void onReconnect(this.connection, () => {
      this.due.now('stream');
      this.bell.call();
    });
  }

  get isLeading() {
    return this.leading;
  }

  /** Finishes the batch under way. */
  async close() {
    this.closing = true;
    this.bell.call();
    await this.running;
  }

  private async run() {
    while (!this.closing) {
      try {
        await this.session();
      } catch (error) {
        if (!this.closing) this.logger.warn({ err: error }, 'the relay starts again');
      }
      this.leading = false;
      if (!this.closing) await this.bell.within(pauseAfterErrorMs);
    }
  }

  /** One database connection: it listens and holds the lock; with it ends the right to publish. */
  private async session() {
    const { url, schema } = this.options;
    const client = new Client({
      connectionString: url,
      application_name: `${schema} outbox relay`,
      statement_timeout: 15_000,
      query_timeout: 20_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', () => this.bell.call());
    client.on('notification', () => this.bell.call());
    try {
      await client.connect();
      await client.query(`LISTEN "${outboxChannel(schema)}"`);
      await this.work(new OutboxTable(client, schema));
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async work(table: OutboxTable) {
    const { batchSize = defaultBatchSize, pollMs = defaultPollMs } = this.options;
    while (!this.closing) {
      this.leading ||= await this.lead(table);
      if (this.leading) {
        await this.maintain(table);
        const published = await this.publishBatch(table, batchSize);
        if (published === batchSize) continue;
      }
      await this.bell.within(pollMs);
    }
  }

  private async lead(table: OutboxTable) {
    const led = await table.tryLead();
    if (led) this.due.now('stream');
    return led;
  }

  private async maintain(table: OutboxTable) {
    if (this.publisher.takeSuspicion()) this.due.now('stream');
    if (this.due.take('stream')) await this.meetStream(table);
    if (this.due.take('metrics')) {
      const { unsent, lagS } = await table.state();
      this.metrics.outboxState(unsent, lagS);
    }
    if (this.due.take('cleanUp') && (await table.cleanUp())) this.due.now('cleanUp');
  }

  private async meetStream(table: OutboxTable) {
    try {
      const { stream, createdAt } = await this.publisher.meetStream();
      const again = await table.meetStream(stream, createdAt);
      if (again > 0) this.logger.warn(`the broker has lost the stream: ${again} events are published again`);
    } catch (error) {
      this.due.now('stream');
      throw error;
    }
  }

  private async publishBatch(table: OutboxTable, batchSize: number) {
    const rows = await table.unsent(batchSize);
    if (rows.length === 0) return 0;
    const { sent, error } = await this.publisher.publish(rows);
    if (sent.length > 0) await table.markSent(sent);
    this.metrics.outboxPublished(sent.length);
    if (error === undefined) return sent.length;
    this.due.now('stream');
    throw error;
  }
}
