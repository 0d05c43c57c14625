import {
  type EndReason,
  type LabEnded,
  type LabFailed,
  type LabPaused,
  type LabProgressed,
  type LabProvisioned,
  type LabRemovalHeld,
  type LabResumed,
} from '@lab-orchestrator/contracts';
import { Inbox, type ReceivedEvent } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdmissionService } from '../admission/admission.service.js';
import { Clock } from '../clock.js';
import { SessionLog } from './session-log.js';
import { SessionMoves } from './session-moves.js';
import { SessionEntity } from './session.entity.js';
import { changesOf, isLost, linesOf, withAllReady } from './system-changes.js';

const endedTexts: Record<EndReason, string> = {
  user: 'The lab has ended.',
  expired: 'The lab has ended: its time was over.',
  idle: 'The lab has ended: nobody used it.',
  lecturer: 'The lab has ended: a lecturer ended it.',
  admin: 'The lab has ended: an administrator ended it.',
  failed: 'The lab has ended after it had failed.',
};

/** What the provisioner reports about sessions. Repeats and reports about an older wish change nothing. */
@Injectable()
export class SessionReportsService {
  constructor(
    private readonly inbox: Inbox,
    private readonly moves: SessionMoves,
    private readonly log: SessionLog,
    private readonly admission: AdmissionService,
    private readonly clock: Clock,
  ) {}

  progressed(event: ReceivedEvent<typeof LabProgressed>) {
    return this.inbox.once(event, async (tx) => {
      const session = await this.current(tx, event.data);
      if (!session || session.phase === 'ended') return;
      const { systems } = event.data;
      const changed = changesOf(session.systems, systems);
      if (changed.length === 0) return;
      await tx.update(SessionEntity, { id: session.id }, { systems });
      for (const line of linesOf(changed)) await this.log.add(tx, session.id, line);
      const lost = systems.find(isLost);
      if (session.phase === 'ready' && lost) {
        const line = { code: 'system_lost', text: `${lost.name} was lost and is brought back.`, system: lost.name };
        await this.moves.move(tx, session, 'provisioning', {}, line);
      } else await this.moves.announce(tx, session);
    });
  }

  provisioned(event: ReceivedEvent<typeof LabProvisioned>) {
    return this.ready(event, { code: 'ready', text: 'All systems are ready.' });
  }

  resumed(event: ReceivedEvent<typeof LabResumed>) {
    return this.ready(event, { code: 'resumed', text: 'The lab goes on.' });
  }

  paused(event: ReceivedEvent<typeof LabPaused>) {
    const line = { code: 'paused', text: 'The lab is paused.' };
    return this.inbox.once(event, (tx) => this.moves.move(tx, at(event.data), 'paused', {}, line));
  }

  failed(event: ReceivedEvent<typeof LabFailed>) {
    const { reason } = event.data;
    const line = { code: 'failed', text: `The lab failed: ${reason.text}`, system: reason.system };
    return this.inbox.once(event, (tx) => this.moves.move(tx, at(event.data), 'failed', { reason }, line));
  }

  /** One line for each set of holders: the provisioner says the same one under the same id. */
  removalHeld(event: ReceivedEvent<typeof LabRemovalHeld>) {
    return this.inbox.once(event, async (tx) => {
      const session = await this.current(tx, event.data);
      if (!session) return;
      const { heldSince, holders } = event.data;
      const minutes = Math.floor((this.clock.now().getTime() - Date.parse(heldSince)) / 60_000);
      const text = `The lab is not removed after ${minutes} minutes: ${holders.join('; ')}. It goes as soon as that is seen to; an administrator may also force it.`;
      await this.log.add(tx, session.id, { code: 'removal_held', text });
      await this.moves.announce(tx, session);
    });
  }

  async ended(event: ReceivedEvent<typeof LabEnded>) {
    const now = this.clock.now();
    const line = { code: 'ended', text: endedTexts[event.data.reason] };
    const moved = await this.inbox.once(event, (tx) =>
      this.moves.move(tx, at(event.data), 'ended', { endedAt: now, systems: [] }, line),
    );
    // Only a hint: a timer looks at the queue as well.
    if (moved) await this.admission.admitWaiting();
  }

  private ready(event: ReceivedEvent<typeof LabProvisioned | typeof LabResumed>, line: { code: string; text: string }) {
    return this.inbox.once(event, async (tx) => {
      const session = await this.current(tx, event.data);
      if (!session) return;
      const now = this.clock.now();
      const change = {
        systems: withAllReady(session.systems),
        readyAt: session.readyAt ?? now,
        activeAt: now,
        idleWarned: false,
        reason: null,
      };
      await this.moves.move(tx, at(event.data), 'ready', change, line);
    });
  }

  /** The session at the generation that the report is about, locked. */
  private current(tx: EntityManager, { sessionId: id, generation }: { sessionId: string; generation: number }) {
    return tx.findOne(SessionEntity, { where: { id, generation }, lock: { mode: 'pessimistic_write' } });
  }
}

const at = ({ sessionId, generation }: { sessionId: string; generation: number }) => ({ id: sessionId, generation });
