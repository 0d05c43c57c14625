import type { AuditEntry, ListAuditRequest, RequestOf } from '@lab-orchestrator/contracts';
import { Database } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { readCursor, writeCursor } from '../paging/cursor.js';
import { AuditRow, entryOf } from './audit-row.entity.js';

/** Who did what. */
@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  /** A repeat with the same id changes nothing. */
  async record(entry: AuditEntry) {
    const { id, at, actorId, actorName, action, target, outcome, address, requestId, detail } = entry;
    await this.database.transaction(
      (tx) =>
        tx.query(
          `INSERT INTO audit (id, at, actor_id, actor_name, action, target, outcome, address, request_id, detail)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
          [id, at, actorId, actorName, action, target, outcome, address, requestId, detail && JSON.stringify(detail)],
        ),
      { repeatable: true },
    );
    return {};
  }

  /** Newest first. */
  async list({ limit, cursor, actorId, action, since, until }: RequestOf<typeof ListAuditRequest>) {
    const rows = await this.database.transaction((tx) => {
      const builder = tx.createQueryBuilder(AuditRow, 'audit');
      if (actorId) builder.andWhere('audit.actor_id = :actorId', { actorId });
      if (action) builder.andWhere('audit.action = :action', { action });
      if (since) builder.andWhere('audit.at >= :since', { since });
      if (until) builder.andWhere('audit.at < :until', { until });
      if (cursor) builder.andWhere('(audit.at, audit.id) < (:value::timestamptz, :id)', readCursor(cursor));
      return builder
        .orderBy('audit.at', 'DESC')
        .addOrderBy('audit.id', 'DESC')
        .limit(limit + 1)
        .getMany();
    });
    const items = rows.slice(0, limit).map(entryOf);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, ...(last && { nextCursor: writeCursor(last.at, last.id) }) };
  }
}
