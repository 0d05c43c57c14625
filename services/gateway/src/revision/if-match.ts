import { UserError } from '@lab-orchestrator/platform';
import type { Call } from '../http/call.js';

/** A revision as an ETag: strong, since it changes with every edit. */
export const etagOf = (revision: number) => `"${revision}"`;

/** The revision the caller saw, from If-Match; undefined when he does not care. */
export function ifMatch({ request }: Pick<Call, 'request'>): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const digits = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new UserError('precondition_failed', {
    status: 412,
    detail: 'If-Match does not name a revision of this object. Read it again.',
  });
}
