import type { ListUsersRequest, RequestOf } from '@lab-orchestrator/contracts';
import { z } from 'zod';

type Sort = RequestOf<typeof ListUsersRequest>['sort'];

const columns = {
  username: { sql: 'person.username', type: 'text' },
  displayName: { sql: 'person.display_name', type: 'text' },
  createdAt: { sql: 'person.created_at', type: 'timestamptz' },
  // Never signed in sorts before everybody who has.
  lastLoginAt: { sql: "coalesce(person.last_login_at, 'epoch'::timestamptz)", type: 'timestamptz' },
} as const;
const Field = z.enum(['username', 'displayName', 'createdAt', 'lastLoginAt']);

export interface Ordering {
  /** Text of this file only, never of the caller. */
  readonly sql: string;
  readonly type: string;
  readonly direction: 'ASC' | 'DESC';
  readonly comparison: '>' | '<';
}

/** How a list of people is ordered: `-` in front turns it round. */
export function orderingOf(sort: Sort): Ordering {
  const descending = sort.startsWith('-');
  const column = columns[Field.parse(sort.replace('-', ''))];
  return { ...column, direction: descending ? 'DESC' : 'ASC', comparison: descending ? '<' : '>' };
}
