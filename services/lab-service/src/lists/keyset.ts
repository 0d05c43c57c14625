import { UserError } from '@lab-orchestrator/platform';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';

export interface Order<T> {
  /** `alias.property`. */
  by: string;
  direction: 'ASC' | 'DESC';
  valueOf: (row: T) => string | number;
}

const Cursor = z.tuple([z.union([z.string(), z.number()]), z.string(), z.string()]);

/**
 * One page in a stable order: after the row that the cursor names, not after a number of rows, so that nothing is
 * shown twice or left out while rows come and go.
 */
export async function keysetPage<T extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<T>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  order: Order<T>,
): Promise<{ rows: T[]; nextCursor?: string }> {
  const idColumn = `${query.alias}.id`;
  if (cursor !== undefined) {
    const [value, id, by] = decode(cursor);
    if (by !== sortName(order)) throw invalidCursor();
    const after = order.direction === 'ASC' ? '>' : '<';
    query.andWhere(`(${order.by}, ${idColumn}) ${after} (:cursorValue, :cursorId)`, {
      cursorValue: value,
      cursorId: id,
    });
  }
  query
    .orderBy(order.by, order.direction)
    .addOrderBy(idColumn, order.direction)
    .take(limit + 1);
  const rows = await query.getMany();
  const last = rows[limit - 1];
  if (rows.length <= limit || !last) return { rows };
  return { rows: rows.slice(0, limit), nextCursor: encode([order.valueOf(last), last.id, sortName(order)]) };
}

/** Written by the user, matched as it is: `%` and `_` are no wildcards. */
export const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (char) => `\\${char}`)}%`;

/** A cursor belongs to the order it was made for. */
const sortName = <T>({ by, direction }: Order<T>) => `${by} ${direction}`;
const encode = (cursor: z.infer<typeof Cursor>) => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const invalidCursor = () =>
  new UserError('invalid_cursor', { status: 400, detail: 'This cursor does not fit the list.' });

function decode(text: string) {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw invalidCursor();
  }
}
