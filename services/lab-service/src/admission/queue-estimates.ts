import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Guesses how long a place in the queue takes, from how long sessions lasted lately. */
@Injectable()
export class QueueEstimates {
  constructor(private readonly dataSource: DataSource) {}

  /** Seconds; undefined while there is nothing to go by. */
  async waitS(tx: EntityManager, place: number): Promise<number | undefined> {
    const [row] = await tx.query<Array<{ lasted: number | null; running: number }>>(
      `SELECT (SELECT avg(extract(epoch FROM ended_at - admitted_at))::double precision
               FROM (SELECT ended_at, admitted_at FROM sessions WHERE phase = 'ended' AND admitted_at IS NOT NULL
                     ORDER BY created_at DESC LIMIT 200) recent) AS lasted,
              (SELECT count(*)::int FROM sessions
               WHERE phase IN ('provisioning', 'ready', 'pausing', 'paused', 'resuming', 'failed', 'ending')) AS running`,
    );
    if (!row || row.lasted === null) return undefined;
    return Math.ceil((place * row.lasted) / Math.max(1, row.running));
  }

  /** Place and estimate of the sessions that wait, by id. */
  async places(sessionIds: readonly string[]): Promise<Map<string, { place: number; estimateS?: number }>> {
    if (sessionIds.length === 0) return new Map();
    const rows = await this.dataSource.query<Array<{ id: string; place: number }>>(
      `SELECT id, place FROM (
         SELECT id, row_number() OVER (ORDER BY created_at, id)::int AS place
         FROM sessions WHERE phase IN ('requested', 'queued')) waiting
       WHERE id = ANY ($1)`,
      [sessionIds],
    );
    const result = new Map<string, { place: number; estimateS?: number }>();
    for (const { id, place } of rows) {
      const estimateS = await this.waitS(this.dataSource.manager, place);
      result.set(id, { place, ...(estimateS !== undefined && { estimateS }) });
    }
    return result;
  }
}
