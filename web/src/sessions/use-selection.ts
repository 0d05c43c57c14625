import { useState } from 'react';

/** Which rows of a table are chosen; rows that leave the table leave the choice. */
export function useSelection<T extends { id: string }>(rows: T[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter(({ id }) => ids.has(id));
  const all = rows.length > 0 && chosen.length === rows.length;
  return {
    chosen,
    all,
    has: ({ id }: T) => ids.has(id),
    selectable: ({ id }: T) => rows.some((row) => row.id === id),
    toggle: ({ id }: T) => setIds(new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id])),
    toggleAll: () => setIds(new Set(all ? [] : rows.map(({ id }) => id))),
  };
}
