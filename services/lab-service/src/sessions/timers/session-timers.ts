import { type EndReason, LabExpiring } from '@lab-orchestrator/contracts';
import { CONFIG, Database, Outbox } from '@lab-orchestrator/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../../clock.js';
import type { LabConfig } from '../../config.js';
import { type LogLine, SessionLog } from '../session-log.js';
import { SessionMoves } from '../session-moves.js';
import { SessionEntity } from '../session.entity.js';
import { dueWarning, idleWarningS, minutesUntil, warningMinutes } from './deadlines.js';

type Selection = (query: SelectQueryBuilder<SessionEntity>, now: Date) => SelectQueryBuilder<SessionEntity>;

/** Sessions handled in one transaction; the others follow in the next one. */
const batch = 100;
const firstId = '00000000-0000-0000-0000-000000000000';
const notOver = `session.phase NOT IN ('ending', 'ended')`;

/**
 * What time does to sessions. Everything is read from the table, so nothing is lost over a restart; several processes
 * share the work, each taking the rows that no other one holds.
 */
@Injectable()
export class SessionTimers {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly moves: SessionMoves,
    private readonly log: SessionLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: LabConfig,
  ) {}

  /** Does everything that is due. */
  async run() {
    await this.endExpired();
    await this.endIdle();
    await this.endFailed();
    await this.failSlow();
    await this.warnOfDeadlines();
    await this.warnOfIdleness();
  }

  private endExpired() {
    return this.each(
      (query, now) => query.where(notOver).andWhere('session.deadline_at <= :now', { now }),
      (tx, session) => this.end(tx, session, 'expired', { code: 'expired', text: 'The time is over: the lab ends.' }),
    );
  }

  private endIdle() {
    return this.each(
      (query, now) =>
        query
          .where(`session.phase = 'ready'`)
          .andWhere('session.active_at + make_interval(secs => session.idle_s) <= :now', { now }),
      (tx, session) =>
        this.end(tx, session, 'idle', { code: 'idle', text: 'Nobody has used the lab for a while: it ends.' }),
    );
  }

  private endFailed() {
    return this.each(
      (query) =>
        query
          .where(`session.phase = 'failed'`)
          .andWhere('session.phase_since <= :since', { since: this.clock.in(-this.config.LAB_FAILED_KEPT_S) }),
      (tx, session) =>
        this.end(tx, session, 'failed', { code: 'failed_ends', text: 'The lab had failed and is cleared away.' }),
    );
  }

  /** An image that is still on its way, the first time ever, may take four times as long. */
  private failSlow() {
    const timeoutS = this.config.LAB_PROVISIONING_TIMEOUT_S;
    return this.each(
      (query) =>
        query
          .where(`session.phase = 'provisioning'`)
          .andWhere('session.phase_since <= :since', { since: this.clock.in(-timeoutS) })
          .andWhere(`(session.phase_since <= :longSince OR NOT session.systems @> '[{"stage": "image"}]')`, {
            longSince: this.clock.in(-4 * timeoutS),
          }),
      async (tx, session) => {
        const late = session.systems.find(({ state }) => state !== 'ready' && state !== 'stopped');
        const text = late ? `${late.name} was not ready in time.` : 'The systems were not ready in time.';
        const advice = 'Try it again; if that does not help, tell your lecturer.';
        const reason = { code: 'not_ready_in_time', text, advice, ...(late && { system: late.name }) };
        await this.moves.move(tx, session, 'failed', { reason }, { code: 'failed', text: `The lab failed: ${text}` });
      },
    );
  }

  private warnOfDeadlines() {
    return this.each(
      (query, now) =>
        query
          .where(notOver)
          .andWhere('session.deadline_at > :now', { now })
          .andWhere(
            `session.deadline_at <= :now::timestamptz + make_interval(mins =>
               CASE WHEN session.warned_minutes IS NULL THEN ${warningMinutes[0]}
                    WHEN session.warned_minutes = ${warningMinutes[0]} THEN ${warningMinutes[1]}
                    WHEN session.warned_minutes = ${warningMinutes[1]} THEN ${warningMinutes[2]} ELSE 0 END)`,
          ),
      async (tx, session, now) => {
        const warnedMinutes = dueWarning(now, session.deadlineAt, session.warnedMinutes);
        if (warnedMinutes === undefined) return;
        await tx.update(SessionEntity, { id: session.id }, { warnedMinutes });
        await this.warn(tx, session, now, session.deadlineAt, 'deadline');
      },
    );
  }

  private warnOfIdleness() {
    return this.each(
      (query, now) =>
        query
          .where(`session.phase = 'ready' AND NOT session.idle_warned`)
          .andWhere(
            'session.active_at + make_interval(secs => session.idle_s - least(300, session.idle_s / 2.0)) <= :now',
            { now },
          ),
      async (tx, session, now) => {
        const endsAt = new Date((session.activeAt ?? now).getTime() + session.idleS * 1000);
        if (endsAt.getTime() - now.getTime() > idleWarningS(session.idleS) * 1000) return;
        await tx.update(SessionEntity, { id: session.id }, { idleWarned: true });
        await this.warn(tx, session, now, endsAt, 'idle');
      },
    );
  }

  private async warn(
    tx: EntityManager,
    { id, generation }: SessionEntity,
    now: Date,
    endsAt: Date,
    cause: 'deadline' | 'idle',
  ) {
    const minutesLeft = minutesUntil(now, endsAt);
    const left = minutesLeft === 1 ? 'one minute' : `${minutesLeft} minutes`;
    const text = cause === 'idle' ? `Nobody uses the lab: it ends in ${left}.` : `The lab ends in ${left}.`;
    await this.log.add(tx, id, { code: `expiring_${cause}`, text });
    await this.outbox.add(tx, LabExpiring, {
      sessionId: id,
      generation,
      endsAt: endsAt.toISOString(),
      minutesLeft,
      cause,
    });
  }

  private async end(tx: EntityManager, session: SessionEntity, endReason: EndReason, line: LogLine) {
    await this.moves.move(
      tx,
      session,
      'ending',
      { desired: 'ended', generation: session.generation + 1, endReason },
      line,
    );
  }

  /** Handles every session that the selection finds, in batches; rows that another process holds are its own work. */
  private async each(
    select: Selection,
    handle: (tx: EntityManager, session: SessionEntity, now: Date) => Promise<void>,
  ) {
    let after: string | undefined = firstId;
    while (after !== undefined) {
      const lastSeen: string = after;
      after = await this.db.transaction(async (tx) => {
        const now = this.clock.now();
        const sessions = await select(tx.createQueryBuilder(SessionEntity, 'session'), now)
          .andWhere('session.id > :lastSeen', { lastSeen })
          .orderBy('session.id')
          .take(batch)
          .setLock('pessimistic_write')
          .setOnLocked('skip_locked')
          .getMany();
        for (const session of sessions) await handle(tx, session, now);
        return sessions.length === batch ? sessions.at(-1)?.id : undefined;
      });
    }
  }
}
