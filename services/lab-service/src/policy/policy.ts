import type { Principal } from '@lab-orchestrator/contracts';
import { AbilityBuilder, createMongoAbility, type ForcedSubject, type MongoAbility } from '@casl/ability';
import type { Visibility } from '../labs/lab.entity.js';
import type { MemberRole } from '../sessions/session-member.entity.js';

/** What decides about a lab. */
export interface LabFacts {
  ownerId: string;
  visibility: Visibility;
}
/** What decides about a session: whose it is, whose lab it runs, and how the caller is linked to it. */
export interface SessionFacts {
  ownerId: string;
  labOwnerId: string;
  memberRole?: MemberRole | undefined;
}
export interface ImageFacts {
  ownerId: string | null;
}

export type LabAction = 'read' | 'start' | 'change' | 'import';
export type SessionAction =
  /** See it, its systems and its people. */
  | 'read'
  /** Look at consoles; type into them. */
  | 'view'
  | 'control'
  /** The logins that the lab shows. */
  | 'readCredentials'
  | 'readLog'
  /** Pause, resume, extend, end, retry, restart a system. */
  | 'operate'
  | 'linkPeople'
  /** Act beyond the lab's rules: pause what may not pause, extend without end. */
  | 'overrule';
export type ImageAction = 'read' | 'add' | 'change';
export type QuotaAction = 'read' | 'change';

type Fact<Type extends string, Facts> = Type | (Facts & ForcedSubject<Type>);
type Abilities =
  | [LabAction, Fact<'Lab', LabFacts>]
  | [SessionAction, Fact<'Session', SessionFacts>]
  | [ImageAction, Fact<'Image', ImageFacts>]
  | [QuotaAction, Fact<'Quota', object>];
export type Policy = MongoAbility<Abilities>;

const everything: SessionAction[] = ['read', 'view', 'control', 'readCredentials', 'readLog', 'operate', 'linkPeople'];

/**
 * Who may do what in this service. Nothing is allowed unless a line here says so.
 * The same rules stand as SQL in `visible.ts`, for lists; a spec holds the two together.
 */
export function policyFor({ userId, role }: Pick<Principal, 'userId' | 'role'>): Policy {
  const { can, build } = new AbilityBuilder<Policy>(createMongoAbility);

  can(['read', 'start'], 'Lab', { visibility: 'public' });
  can(everything, 'Session', { ownerId: userId });
  can(['read', 'view', 'control', 'readCredentials'], 'Session', { memberRole: 'operator' });
  can(['read', 'view', 'readCredentials'], 'Session', { memberRole: 'viewer' });

  if (role === 'lecturer') {
    can('import', 'Lab');
    can(['read', 'start', 'change'], 'Lab', { ownerId: userId });
    can(['read', 'start'], 'Lab', { visibility: 'course' });
    can([...everything, 'overrule'], 'Session', { labOwnerId: userId });
    can(['read', 'add'], 'Image');
    can('change', 'Image', { ownerId: userId });
  }

  if (role === 'admin') {
    can(['read', 'start', 'change', 'import'], 'Lab');
    can([...everything, 'overrule'], 'Session');
    can(['read', 'add', 'change'], 'Image');
    can(['read', 'change'], 'Quota');
  }
  return build();
}
