import type { Client } from 'pg';
import { quoteSchema } from '../database/schema-name.js';

export interface OutboxRow {
  readonly id: string;
  readonly key: string;
  readonly subject: string;
  readonly payload: string;
}

const keptDays = 7;
const cleanUpRows = 5_000;

/** The SQL of the relay, on its one connection. */
export class OutboxTable {
  private readonly schema: string;

  constructor(
    private readonly client: Client,
    private readonly name: string,
  ) {
    this.schema = quoteSchema(name);
  }

  /** The right to publish, for as long as this connection lives. */
  async tryLead() {
    const { rows } = await this.client.query<{ led: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS led', [
      `outbox:${this.name}`,
    ]);
    return rows[0]?.led === true;
  }

  /** By `sent_at` and not by a position remembered: a slow transaction commits rows older than those already sent. */
  async unsent(limit: number): Promise<OutboxRow[]> {
    const { rows } = await this.client.query<OutboxRow>({
      name: 'outbox-unsent',
      text: `SELECT id, key, subject, payload::text AS payload FROM ${this.schema}.outbox
             WHERE sent_at IS NULL ORDER BY position LIMIT $1`,
      values: [limit],
    });
    return rows;
  }

  async markSent(ids: readonly string[]) {
    await this.client.query({
      name: 'outbox-mark-sent',
      text: `UPDATE ${this.schema}.outbox SET sent_at = now() WHERE id = ANY($1::uuid[])`,
      values: [ids],
    });
  }

  /**
   * Remembers the stream's birth. When it differs from the one remembered, the broker has lost what it held: everything
   * kept is unsent again. Returns how many rows that are.
   */
  async meetStream(stream: string, createdAt: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(
      `WITH known AS (SELECT created_at FROM ${this.schema}.outbox_streams WHERE stream = $1),
       met AS (
         INSERT INTO ${this.schema}.outbox_streams (stream, created_at) VALUES ($1, $2)
         ON CONFLICT (stream) DO UPDATE SET created_at = excluded.created_at
       ),
       again AS (
         UPDATE ${this.schema}.outbox SET sent_at = NULL
         WHERE sent_at IS NOT NULL AND EXISTS (SELECT FROM known WHERE created_at <> $2)
         RETURNING 1
       )
       SELECT count(*)::int AS count FROM again`,
      [stream, createdAt],
    );
    return rows[0]?.count ?? 0;
  }

  async state(): Promise<{ unsent: number; lagS: number }> {
    const { rows } = await this.client.query<{ unsent: number; lagS: number }>(
      `SELECT count(*)::int AS unsent,
              coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS "lagS"
       FROM ${this.schema}.outbox WHERE sent_at IS NULL`,
    );
    return rows[0] ?? { unsent: 0, lagS: 0 };
  }

  /** Deletes a portion of the rows sent more than seven days ago; returns whether there may be more. */
  async cleanUp() {
    const { rowCount } = await this.client.query(
      `DELETE FROM ${this.schema}.outbox WHERE id IN (
         SELECT id FROM ${this.schema}.outbox WHERE sent_at < now() - make_interval(days => $1) LIMIT $2)`,
      [keptDays, cleanUpRows],
    );
    return rowCount === cleanUpRows;
  }
}
