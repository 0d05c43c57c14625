import { type EndReason, LabExtended, type Phase, type Principal } from '@lab-orchestrator/contracts';
import { Database, Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { LabVersions } from '../../labs/lab-versions.js';
import { type AccessedSession, SessionAccess } from '../session-access.js';
import { SessionLog } from '../session-log.js';
import { type SessionChange, SessionMoves } from '../session-moves.js';
import { SessionEntity } from '../session.entity.js';

const accepted = { accepted: true } as const;

/** What people want of a session. The wish is written at once; the phase follows. */
@Injectable()
export class WishesService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly access: SessionAccess,
    private readonly moves: SessionMoves,
    private readonly log: SessionLog,
    private readonly versions: LabVersions,
    private readonly clock: Clock,
  ) {}

  pause(caller: Principal, sessionId: string) {
    return this.wish(caller, sessionId, async (tx, { session, overrules }) => {
      if (session.phase === 'pausing' || session.phase === 'paused') return;
      if (!overrules && !(await this.rules(session)).pause)
        throw new UserError('pause_not_allowed', { status: 409, detail: 'This lab may not be paused.' });
      await this.move(tx, caller, session, 'pausing', { desired: 'paused' }, 'pauses');
    });
  }

  resume(caller: Principal, sessionId: string) {
    return this.wish(caller, sessionId, async (tx, { session }) => {
      if (session.phase === 'resuming' || session.phase === 'ready') return;
      await this.move(tx, caller, session, 'resuming', { desired: 'running' }, 'resumes');
    });
  }

  retry(caller: Principal, sessionId: string) {
    return this.wish(caller, sessionId, async (tx, { session }) => {
      if (session.phase === 'provisioning') return;
      if (session.phase !== 'failed') throw impossible('tried again', session.phase);
      await this.move(
        tx,
        caller,
        session,
        'provisioning',
        { desired: 'running', reason: null, systems: [] },
        'retries',
      );
    });
  }

  /** From any phase, and any number of times. */
  end(caller: Principal, sessionId: string) {
    return this.wish(caller, sessionId, async (tx, { session, role }) => {
      if (session.phase === 'ending' || session.phase === 'ended') return;
      const endReason: EndReason = role !== 'staff' ? 'user' : caller.role === 'admin' ? 'admin' : 'lecturer';
      await this.move(tx, caller, session, 'ending', { desired: 'ended', endReason }, 'ends');
    });
  }

  extend(caller: Principal, sessionId: string) {
    return this.wish(caller, sessionId, async (tx, { session, overrules }) => {
      if (session.phase === 'ending' || session.phase === 'ended') throw impossible('extended', session.phase);
      const { extensions, extendByS } = await this.rules(session);
      const left = Math.max(0, extensions - session.extensionsUsed);
      if (left === 0 && !overrules)
        throw new UserError('no_extensions_left', {
          status: 409,
          detail: 'This session was extended as often as its lab allows.',
        });
      const extensionsUsed = Math.min(extensions, session.extensionsUsed + 1);
      const deadlineAt = new Date(session.deadlineAt.getTime() + extendByS * 1000);
      // Warnings that are due again are given again.
      await tx.update(SessionEntity, { id: sessionId }, { deadlineAt, extensionsUsed, warnedMinutes: null });
      await this.say(
        tx,
        caller,
        session,
        'extended',
        `${caller.displayName} extended the lab by ${Math.round(extendByS / 60)} minutes.`,
      );
      await this.outbox.add(tx, LabExtended, {
        sessionId,
        generation: session.generation,
        deadlineAt: deadlineAt.toISOString(),
        extensionsLeft: extensions - extensionsUsed,
      });
      await this.moves.announce(tx, session);
    });
  }

  private async wish(
    caller: Principal,
    sessionId: string,
    work: (tx: EntityManager, accessed: AccessedSession) => Promise<void>,
  ) {
    await this.db.transaction(async (tx) => work(tx, await this.access.lock(tx, caller, sessionId, 'operate')));
    return accepted;
  }

  /** Moves to the phase in which the new wish is carried out, at the next generation. */
  private async move(
    tx: EntityManager,
    caller: Principal,
    session: SessionEntity,
    to: Phase,
    change: SessionChange,
    verb: string,
  ) {
    const line = {
      code: `user_${verb}`,
      text: `${caller.displayName} ${verb} the lab.`,
      actorName: caller.displayName,
    };
    const moved = await this.moves.move(tx, session, to, { ...change, generation: session.generation + 1 }, line);
    if (!moved) throw impossible(past[verb] ?? verb, session.phase);
  }

  private async rules({ labId, labVersion }: SessionEntity) {
    return (await this.versions.get({ labId, version: labVersion })).resolved.rules;
  }

  private say(tx: EntityManager, caller: Principal, { id }: SessionEntity, code: string, text: string) {
    return this.log.add(tx, id, { code, text, actorName: caller.displayName });
  }
}

const past: Record<string, string> = { pauses: 'paused', resumes: 'resumed', retries: 'tried again', ends: 'ended' };

export const impossible = (what: string, phase: Phase) =>
  new UserError('not_possible_now', { status: 409, detail: `A session that is ${phase} cannot be ${what}.` });
