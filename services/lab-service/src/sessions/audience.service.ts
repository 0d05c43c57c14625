import type { GetAudience, ReportActivity, RequestOf } from '@lab-orchestrator/contracts';
import { Database } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { LabEntity } from '../labs/lab.entity.js';
import { notFound } from '../policy/allow.js';
import { SessionMemberEntity } from './session-member.entity.js';
import { SessionMoves } from './session-moves.js';
import { SessionEntity } from './session.entity.js';

/** For other services: whose a session is, and that somebody works in it. */
@Injectable()
export class AudienceService {
  constructor(
    private readonly db: Database,
    private readonly dataSource: DataSource,
    private readonly moves: SessionMoves,
    private readonly clock: Clock,
  ) {}

  async audience({ sessionId }: RequestOf<typeof GetAudience>) {
    const session = await this.dataSource.getRepository(SessionEntity).findOneBy({ id: sessionId });
    if (!session) throw notFound('session');
    const lab = await this.dataSource.getRepository(LabEntity).findOneByOrFail({ id: session.labId });
    const members = await this.dataSource.getRepository(SessionMemberEntity).findBy({ sessionId });
    return {
      ownerId: session.ownerId,
      memberIds: members.map(({ userId }) => userId),
      labOwnerId: lab.ownerId,
      ...(session.courseId && { courseId: session.courseId }),
    };
  }

  /** Moves the end by idleness away; takes a warning back that was given already. */
  async active({ sessionId: id }: RequestOf<typeof ReportActivity>) {
    await this.db.transaction(async (tx) => {
      const session = await tx.findOne(SessionEntity, {
        where: { id, phase: 'ready' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!session) return;
      await tx.update(SessionEntity, { id }, { activeAt: this.clock.now(), idleWarned: false });
      if (session.idleWarned) await this.moves.announce(tx, session);
    });
    return {};
  }
}
