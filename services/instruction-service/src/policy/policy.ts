import { AbilityBuilder, createMongoAbility, type ForcedSubject, type MongoAbility } from '@casl/ability';
import type { Principal, SessionMember } from '@lab-orchestrator/contracts';
import type { z } from 'zod';

/** What decides about a session's instructions: whose it is, whose lab it runs, and how the caller is linked to it. */
export interface SessionFacts {
  ownerId: string;
  labOwnerId: string;
  memberRole?: z.infer<typeof SessionMember>['role'] | undefined;
}

export type SessionAction =
  /** See its pages and its ticks. */
  | 'read'
  /** See what only this session has: generated passwords and flags. */
  | 'readSecrets'
  /** Tick, check, answer, open hints, fill in. */
  | 'act'
  /** See how far each person of it is. */
  | 'readProgress'
  /** Open a step again for somebody. */
  | 'reopen'
  /** See what a check printed. */
  | 'readOutput';

type Abilities = [SessionAction, 'Session' | (SessionFacts & ForcedSubject<'Session'>)] | ['list', 'Progress'];
export type Policy = MongoAbility<Abilities>;
type Caller = Pick<Principal, 'userId' | 'role'>;

/**
 * Who may do what in this service. Nothing is allowed unless a line here says so. Staff look and open steps again; they
 * do not do a learner's work, and the secrets of a learner's session stay the learner's.
 */
export function policyFor({ userId, role }: Caller): Policy {
  const { can, build } = new AbilityBuilder<Policy>(createMongoAbility);

  can(['read', 'readSecrets', 'act', 'readProgress'], 'Session', { ownerId: userId });
  can(['read', 'readSecrets', 'act'], 'Session', { memberRole: 'operator' });
  can(['read', 'readSecrets'], 'Session', { memberRole: 'viewer' });

  if (role === 'lecturer') {
    can(['read', 'readProgress', 'reopen', 'readOutput'], 'Session', { labOwnerId: userId });
    can('list', 'Progress');
  }

  if (role === 'admin') {
    can(['read', 'readProgress', 'reopen', 'readOutput'], 'Session');
    can('list', 'Progress');
  }
  return build();
}

/** Which sessions (alias `session`) are in the caller's overviews: the SQL of `readProgress` for staff. `$1`: the caller. */
export const visibleToStaff = ({ role }: Pick<Caller, 'role'>): string =>
  role === 'admin' ? '$1::uuid IS NOT NULL' : 'session.lab_owner_id = $1::uuid';
