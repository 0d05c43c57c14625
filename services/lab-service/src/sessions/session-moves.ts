import { LabChanged, type Phase, phasesBefore } from '@lab-orchestrator/contracts';
import { Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../clock.js';
import { type LogLine, SessionLog } from './session-log.js';
import { SessionEntity } from './session.entity.js';

export interface SessionAt {
  id: string;
  generation: number;
}
export type SessionChange = Partial<Omit<SessionEntity, 'id' | 'phase' | 'phaseSince' | 'variables'>>;

/** The only way in which the phase of a session changes. */
@Injectable()
export class SessionMoves {
  constructor(
    private readonly outbox: Outbox,
    private readonly log: SessionLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves the session when it is still at this generation and in a phase that `to` may follow. Otherwise it was a
   * repeat or came too late, and nothing changes.
   * @returns the moved session, or undefined when nothing changed
   */
  async move(
    tx: EntityManager,
    at: SessionAt,
    to: Phase,
    change: SessionChange,
    line: LogLine,
  ): Promise<SessionEntity | undefined> {
    const { affected } = await tx.update(
      SessionEntity,
      { id: at.id, generation: at.generation, phase: In(phasesBefore(to)) },
      { ...change, phase: to, phaseSince: this.clock.now() },
    );
    if (affected !== 1) return undefined;
    const session = await tx.findOneByOrFail(SessionEntity, { id: at.id });
    await this.log.add(tx, session.id, line);
    await this.announce(tx, session);
    return session;
  }

  /** Tells everyone that something about the session changed that they can see. */
  async announce(tx: EntityManager, { id, generation, desired, phase }: SessionEntity) {
    await this.outbox.add(tx, LabChanged, { sessionId: id, generation, desired, phase });
  }
}
