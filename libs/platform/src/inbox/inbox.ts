import { Injectable, Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { quoteSchema } from '../database/schema-name.js';
import type { ReceivedEvent } from '../events/received-event.js';
import type { Metrics } from '../metrics/metrics.js';

/** One day more than the stream and the outbox keep an event: it cannot come back after its row is gone. */
const keptDays = 8;
const cleanUpEveryMs = 3_600_000;

/** Effects once, however often an event arrives: its id is written in the transaction of its effect. */
@Injectable()
export class Inbox {
  private readonly logger = new Logger('Inbox');
  private readonly table: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly options: { schema: string; consumer: string },
  ) {
    this.table = `${quoteSchema(options.schema)}.inbox`;
  }

  /**
   * Runs `work` in a transaction unless the event has been handled before; then returns undefined and changes nothing.
   * A second delivery that runs at the same time waits for the first one's outcome.
   */
  async once<T>(
    event: Pick<ReceivedEvent, 'id' | 'type'>,
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<T | undefined> {
    return this.database.transaction(
      async (tx) => {
        if (await this.isNew(tx, event.id)) return work(tx);
        this.metrics.duplicate(event.type);
        return undefined;
      },
      // The row itself makes a second commit impossible.
      { repeatable: true },
    );
  }

  /** Deletes rows older than eight days. */
  async cleanUp() {
    await this.dataSource.query(`DELETE FROM ${this.table} WHERE received_at < now() - make_interval(days => $1)`, [
      keptDays,
    ]);
  }

  start() {
    const run = () =>
      void this.cleanUp().catch((error: unknown) => this.logger.warn({ err: error }, 'clean-up failed'));
    this.timer ??= setInterval(run, cleanUpEveryMs).unref();
  }

  close() {
    clearInterval(this.timer);
  }

  private async isNew(tx: EntityManager, eventId: string) {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO ${this.table} (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1`,
      [this.options.consumer, eventId],
    );
    return rows.length > 0;
  }
}
