import type { Principal, StepDefinition } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type LabInstructions, LabInstructionsStore } from '../labs/lab-instructions.store.js';
import { allowSession, maySession, notFound } from '../policy/allow.js';
import type { SessionAction, SessionFacts } from '../policy/policy.js';
import { KnownSessions } from './known-sessions.js';
import type { SessionEntity } from './session.entity.js';

export interface Person {
  userId: string;
  displayName: string;
}

/** A session, its instructions, and what the caller is to it. */
export interface Situation {
  session: SessionEntity;
  lab: LabInstructions;
  /** Whose progress it is about: the caller's own, or the owner's for those who only watch. */
  person: Person;
  may(action: SessionAction): boolean;
}
export interface StepSituation extends Situation {
  step: StepDefinition;
}

/** Finds sessions for a caller; what is not theirs is not there. */
@Injectable()
export class SessionAccess {
  constructor(
    private readonly sessions: KnownSessions,
    private readonly labs: LabInstructionsStore,
  ) {}

  /** @throws 404 when the caller may not see the session, 403 when only this action is refused */
  async find(caller: Principal, sessionId: string, action: SessionAction): Promise<Situation> {
    const session = await this.sessions.get(sessionId);
    const facts = factsOf(session, caller.userId);
    allowSession(caller, action, facts);
    const may = (other: SessionAction) => maySession(caller, other, facts);
    const person = may('act') ? caller : { userId: session.ownerId, displayName: session.ownerName };
    return { session, lab: await this.labs.get(session), person, may };
  }

  /** To change something: not any more once the session is over. */
  async act(caller: Principal, sessionId: string): Promise<Situation> {
    const situation = await this.find(caller, sessionId, 'act');
    refuseEnded(situation.session);
    return situation;
  }

  async actOn(caller: Principal, { sessionId, stepId }: { sessionId: string; stepId: string }): Promise<StepSituation> {
    return withStep(await this.act(caller, sessionId), stepId);
  }
}

export function withStep(situation: Situation, stepId: string): StepSituation {
  const step = situation.lab.steps.get(stepId);
  if (!step) throw notFound('step');
  return { ...situation, step };
}

const factsOf = ({ ownerId, labOwnerId, members }: SessionEntity, userId: string): SessionFacts => ({
  ownerId,
  labOwnerId,
  memberRole: members.find((member) => member.userId === userId)?.role,
});

function refuseEnded({ phase }: SessionEntity) {
  if (phase !== 'ending' && phase !== 'ended') return;
  throw new UserError('session_over', { status: 409, detail: 'This session is over; its progress stays as it is.' });
}
