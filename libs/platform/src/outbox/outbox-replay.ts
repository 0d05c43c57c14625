import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { quoteSchema } from '../database/schema-name.js';
import type { OutboxWaker } from './outbox-waker.js';

/** From where to publish again; the rows of the last seven days are kept. */
export type ReplayCursor = { since: Date } | { afterEventId: string };

/** Publishes kept events once more, under their old ids: consumers drop those they have handled. */
@Injectable()
export class OutboxReplay {
  private readonly table: string;

  constructor(
    private readonly dataSource: DataSource,
    schema: string,
    private readonly waker: OutboxWaker,
  ) {
    this.table = `${quoteSchema(schema)}.outbox`;
  }

  /** Returns how many events will be published again. */
  async replay(from: ReplayCursor): Promise<number> {
    const [condition, cursor] =
      'since' in from
        ? ['created_at >= $1', from.since]
        : [`position > (SELECT position FROM ${this.table} WHERE id = $1)`, from.afterEventId];
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `WITH again AS (UPDATE ${this.table} SET sent_at = NULL WHERE sent_at IS NOT NULL AND ${condition} RETURNING 1)
       SELECT count(*)::int AS count FROM again`,
      [cursor],
    );
    this.waker.wake();
    return count;
  }
}
