import { subject } from '@casl/ability';
import type { Principal } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { policyFor, type SessionAction, type SessionFacts } from './policy.js';

type Caller = Pick<Principal, 'userId' | 'role'>;

/** Foreign things do not exist: the same answer as for an id that nobody has. */
export const notFound = (what: 'session' | 'page' | 'step' | 'hint' | 'check' | 'answer' | 'person') =>
  new UserError(`${what}_not_found`, { status: 404, detail: `There is no such ${what}.` });

export const maySession = (caller: Caller, action: SessionAction, { ownerId, labOwnerId, memberRole }: SessionFacts) =>
  policyFor(caller).can(action, subject('Session', { ownerId, labOwnerId, memberRole }));

/** @throws 404 when the caller may not even see it, 403 when only this action is refused */
export function allowSession(caller: Caller, action: SessionAction, session: SessionFacts) {
  if (!maySession(caller, 'read', session)) throw notFound('session');
  if (maySession(caller, action, session)) return;
  throw new UserError('forbidden', { status: 403, detail: 'You may see this session, but not do that with it.' });
}

export function allowOverview(caller: Caller) {
  if (policyFor(caller).can('list', 'Progress')) return;
  throw new UserError('forbidden', { status: 403, detail: 'Only lecturers and admins see the progress of others.' });
}
