import { GetSessionFacts, type ReplyOf } from '@lab-orchestrator/contracts';
import { Database, RequestClient, TransientError, UserError } from '@lab-orchestrator/platform';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Batches, type Outcome } from '../batches/batches.js';
import { Clock } from '../clock.js';
import { notFound } from '../policy/allow.js';
import type { SessionEntity } from './session.entity.js';

/** Older facts are used once more, and asked for anew meanwhile: events may be lost, rights must not linger. */
const freshMs = 30_000;
/** Older ones are not used. */
const usableMs = 300_000;
const attempts = 3;
const columns = `id, lab_id AS "labId", version, owner_id AS "ownerId", owner_name AS "ownerName",
  lab_owner_id AS "labOwnerId", course_id AS "courseId", members, generation, phase, created_at AS "createdAt",
  known_at AS "knownAt", changes`;

/** The sessions that this service has heard of or been asked for. Lab-service owns them; this is a copy. */
@Injectable()
export class KnownSessions {
  private readonly logger = new Logger('Sessions');
  private readonly found = new Batches<string, SessionEntity | undefined>((ids) => this.findAll(ids), {
    lanes: 2,
    size: 200,
  });
  private readonly asking = new Map<string, Promise<SessionEntity>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly database: Database,
    private readonly requests: RequestClient,
    private readonly clock: Clock,
  ) {}

  /** @throws 404 when there is no such session; TransientError while it cannot be told */
  async get(id: string): Promise<SessionEntity> {
    const known = await this.find(id);
    const ageMs = known?.knownAt ? this.clock.now().getTime() - known.knownAt.getTime() : Infinity;
    if (!known || ageMs > usableMs) return this.ask(id);
    if (ageMs > freshMs)
      this.ask(id).catch((error: unknown) => this.logger.warn({ err: error, sessionId: id }, 'a session is not known'));
    return known;
  }

  /** Asks lab-service now. Callers at the same time share one answer. */
  ask(id: string): Promise<SessionEntity> {
    const running = this.asking.get(id);
    if (running) return running;
    const asked = this.learn(id).finally(() => this.asking.delete(id));
    this.asking.set(id, asked);
    return asked;
  }

  private async learn(id: string): Promise<SessionEntity> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const seen = (await this.find(id))?.changes ?? 0;
      await this.store(await this.facts(id), seen);
      const stored = await this.find(id);
      // Something changed while we asked: what was answered may be from before.
      if (stored?.knownAt) return stored;
    }
    throw new TransientError(`session ${id} changes faster than it can be asked for`);
  }

  private async facts(sessionId: string) {
    try {
      return await this.requests.call(GetSessionFacts, { sessionId });
    } catch (error) {
      if (error instanceof UserError && error.status === 404) throw notFound('session');
      throw error;
    }
  }

  private async store(facts: ReplyOf<typeof GetSessionFacts>, seen: number) {
    await this.database.transaction(
      async (tx) => {
        await tx.query(
          `INSERT INTO sessions AS known (id, lab_id, version, owner_id, owner_name, lab_owner_id, course_id, members,
             generation, phase, created_at, known_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
           ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id, owner_name = excluded.owner_name,
             lab_owner_id = excluded.lab_owner_id, members = excluded.members, generation = excluded.generation,
             phase = excluded.phase, known_at = excluded.known_at
           WHERE known.changes = $13`,
          [
            facts.sessionId,
            facts.labId,
            facts.version,
            facts.ownerId,
            facts.ownerName,
            facts.labOwnerId,
            facts.courseId ?? null,
            JSON.stringify(facts.members),
            facts.generation,
            facts.phase,
            facts.createdAt,
            this.clock.now(),
            seen,
          ],
        );
        // Overviews show who has not begun, too.
        await tx.query(
          `INSERT INTO participants (session_id, user_id, display_name, started_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING`,
          [facts.sessionId, facts.ownerId, facts.ownerName, facts.createdAt],
        );
      },
      { repeatable: true },
    );
  }

  private find(id: string): Promise<SessionEntity | undefined> {
    return this.found.do(id);
  }

  /** Plain SQL, and several at once: every tick asks. */
  private async findAll(ids: readonly string[]): Promise<Array<Outcome<SessionEntity | undefined>>> {
    const rows = await this.dataSource.query<SessionEntity[]>(`SELECT ${columns} FROM sessions WHERE id = ANY ($1)`, [
      [...new Set(ids)],
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => ({ value: byId.get(id) }));
  }
}
