import type { LabChanged, LabEnded, LabMembersChanged, LabRequested } from '@lab-orchestrator/contracts';
import { Inbox, type ReceivedEvent, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownSessions } from './known-sessions.js';

/** What lab-service tells about sessions. Events are hints: they mark what is known as out of date. */
@Injectable()
export class SessionEventsService {
  constructor(
    private readonly inbox: Inbox,
    private readonly sessions: KnownSessions,
  ) {}

  /** Learns it at once, so that a class overview has it before anybody opens its pages. */
  async requested({ data }: ReceivedEvent<typeof LabRequested>) {
    try {
      await this.sessions.get(data.sessionId);
    } catch (error) {
      // Gone before we heard of it: there is nothing to know.
      if (!(error instanceof UserError)) throw error;
    }
  }

  changed(event: ReceivedEvent<typeof LabChanged>) {
    const { sessionId, phase, generation } = event.data;
    return this.inbox.once(event, async (tx) => {
      await outOfDate(tx, sessionId);
      // For overviews until it is asked for; an end is never taken back by what arrives late.
      await tx.query(
        `UPDATE sessions SET phase = $2, generation = $3
         WHERE id = $1 AND generation <= $3 AND phase <> 'ended' AND (phase <> 'ending' OR $2 = 'ended')`,
        [sessionId, phase, generation],
      );
    });
  }

  membersChanged(event: ReceivedEvent<typeof LabMembersChanged>) {
    return this.inbox.once(event, (tx) => outOfDate(tx, event.data.sessionId));
  }

  ended(event: ReceivedEvent<typeof LabEnded>) {
    return this.inbox.once(event, async (tx) => {
      await outOfDate(tx, event.data.sessionId);
      await tx.query(`UPDATE sessions SET phase = 'ended' WHERE id = $1`, [event.data.sessionId]);
    });
  }
}

const outOfDate = (tx: EntityManager, sessionId: string) =>
  tx.query('UPDATE sessions SET changes = changes + 1, known_at = NULL WHERE id = $1', [sessionId]);
