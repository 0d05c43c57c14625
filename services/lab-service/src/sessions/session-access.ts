import type { Principal, Session } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { LabEntity } from '../labs/lab.entity.js';
import { allowSession, maySession, notFound } from '../policy/allow.js';
import type { SessionAction, SessionFacts } from '../policy/policy.js';
import { SessionMemberEntity } from './session-member.entity.js';
import { SessionEntity } from './session.entity.js';

export type SessionRole = Session['role'];
type Caller = Pick<Principal, 'userId' | 'role'>;

export interface AccessedSession {
  session: SessionEntity;
  role: SessionRole;
  /** May act beyond the lab's rules. */
  overrules: boolean;
}

/** Finds sessions for a caller; what is not theirs is not there. */
@Injectable()
export class SessionAccess {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws 404 when the caller may not see the session, 403 when only this action is refused */
  find(caller: Caller, sessionId: string, action: SessionAction): Promise<AccessedSession> {
    return this.access(this.dataSource.manager, caller, sessionId, action, false);
  }

  /** The same, with the row locked until the transaction ends. */
  lock(tx: EntityManager, caller: Caller, sessionId: string, action: SessionAction): Promise<AccessedSession> {
    return this.access(tx, caller, sessionId, action, true);
  }

  private async access(
    tx: EntityManager,
    caller: Caller,
    id: string,
    action: SessionAction,
    lock: boolean,
  ): Promise<AccessedSession> {
    const session = await tx.findOne(SessionEntity, {
      where: { id },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!session) throw notFound('session');
    const { ownerId: labOwnerId } = await tx.findOneByOrFail(LabEntity, { id: session.labId });
    const member = await tx.findOneBy(SessionMemberEntity, { sessionId: id, userId: caller.userId });
    const facts: SessionFacts = { ownerId: session.ownerId, labOwnerId, memberRole: member?.role };
    allowSession(caller, action, facts);
    return { session, role: roleOf(caller, facts), overrules: maySession(caller, 'overrule', facts) };
  }
}

/** What the caller is to a session that they may see; the strongest of several. */
export function roleOf(caller: Caller, facts: SessionFacts): SessionRole {
  if (facts.ownerId === caller.userId) return 'owner';
  return maySession(caller, 'overrule', facts) ? 'staff' : (facts.memberRole ?? 'viewer');
}
