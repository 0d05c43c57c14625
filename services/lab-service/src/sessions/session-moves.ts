import { Desired, LabChanged, type Phase, phasesBefore } from '@lab-orchestrator/contracts';
import { Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../clock.js';
import { type LogLine, SessionLog } from './session-log.js';
import { SessionEntity } from './session.entity.js';

export interface SessionAt {
  id: string;
  generation: number;
}
export type SessionChange = Partial<Omit<SessionEntity, 'id' | 'phase' | 'phaseSince' | 'variables'>>;

type Announced = Pick<SessionEntity, 'id' | 'generation' | 'desired' | 'phase'>;
const Moved = z.array(z.object({ generation: z.int(), desired: Desired }));

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
   * @returns whether it moved
   */
  async move(tx: EntityManager, at: SessionAt, to: Phase, change: SessionChange, line: LogLine): Promise<boolean> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(SessionEntity)
      .set({ ...change, phase: to, phaseSince: this.clock.now() })
      .where({ id: at.id, generation: at.generation, phase: In(phasesBefore(to)) })
      .returning(['generation', 'desired'])
      .execute();
    const [moved] = Moved.parse(raw);
    if (!moved) return false;
    await this.log.add(tx, at.id, line);
    await this.announce(tx, { id: at.id, phase: to, ...moved });
    return true;
  }

  /** Tells everyone that something about the session changed that they can see. */
  async announce(tx: EntityManager, { id, generation, desired, phase }: Announced) {
    await this.outbox.add(tx, LabChanged, { sessionId: id, generation, desired, phase });
  }
}
