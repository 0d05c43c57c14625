import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Person } from '../sessions/session-access.js';
import { blankStep, type StepRecord } from './step-record.js';

/** One person in one session, with the sums over their steps. */
export interface Participant {
  readonly sessionId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly startedAt: Date;
  readonly lastAt: Date | null;
  readonly completedAt: Date | null;
  readonly done: number;
  readonly points: number;
}
/** Whose progress. */
export type Whose = Pick<Participant, 'sessionId' | 'userId'>;
export interface LogLine {
  what: 'ticked' | 'unticked' | 'checked' | 'answered' | 'hint' | 'reopened';
  detail?: object;
}

const participantColumns = `session_id AS "sessionId", user_id AS "userId", display_name AS "displayName",
  started_at AS "startedAt", last_at AS "lastAt", completed_at AS "completedAt", done, points`;
const stepColumns = `step_id AS "stepId", done_at AS "doneAt", points, hints, checks, runs, attempts, given, correct`;

/** The tables of progress. Whoever changes something of a person holds that person's row: then the sums are right. */
@Injectable()
export class ProgressStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The person's row, locked until the transaction ends; made when it is their first deed. */
  async lock(tx: EntityManager, sessionId: string, { userId, displayName }: Person, now: Date): Promise<Participant> {
    const read = `SELECT ${participantColumns} FROM participants WHERE session_id = $1 AND user_id = $2 FOR UPDATE`;
    const [found] = await tx.query<Participant[]>(read, [sessionId, userId]);
    if (found) return found;
    await tx.query(
      `INSERT INTO participants (session_id, user_id, display_name, started_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [sessionId, userId, displayName, now],
    );
    const [made] = await tx.query<Participant[]>(read, [sessionId, userId]);
    if (!made) throw new Error('a participant was not made');
    return made;
  }

  async step(tx: EntityManager, { sessionId, userId }: Whose, stepId: string): Promise<StepRecord> {
    const [row] = await tx.query<StepRecord[]>(
      `SELECT ${stepColumns} FROM steps WHERE session_id = $1 AND user_id = $2 AND step_id = $3`,
      [sessionId, userId, stepId],
    );
    return row ?? blankStep(stepId);
  }

  /** In one statement, so that a tick costs few round trips. */
  async save(
    tx: EntityManager,
    { sessionId, userId, ...sums }: Participant,
    record: StepRecord,
    log: LogLine | undefined,
    now: Date,
  ) {
    await tx.query(
      `WITH step AS (
         INSERT INTO steps (session_id, user_id, step_id, done_at, points, hints, checks, runs, attempts, given, correct)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (session_id, user_id, step_id) DO UPDATE SET done_at = excluded.done_at, points = excluded.points,
           hints = excluded.hints, checks = excluded.checks, runs = excluded.runs, attempts = excluded.attempts,
           given = excluded.given, correct = excluded.correct
       ), log AS (
         INSERT INTO step_log (session_id, user_id, step_id, at, what, detail)
         SELECT $1, $2, $3, $12, $13, $14 WHERE $13::text IS NOT NULL
       )
       UPDATE participants SET last_at = $18, completed_at = $15, done = $16, points = $17
       WHERE session_id = $1 AND user_id = $2`,
      [
        sessionId,
        userId,
        record.stepId,
        record.doneAt,
        record.points,
        record.hints,
        JSON.stringify(record.checks),
        record.runs,
        record.attempts,
        record.given === null ? null : JSON.stringify(record.given),
        record.correct,
        now,
        log?.what ?? null,
        log?.detail ? JSON.stringify(log.detail) : null,
        sums.completedAt,
        sums.done,
        sums.points,
        sums.lastAt,
      ],
    );
  }

  /** Undefined for somebody who has not done anything yet. */
  async participant({ sessionId, userId }: Whose): Promise<Participant | undefined> {
    const [row] = await this.dataSource.query<Participant[]>(
      `SELECT ${participantColumns} FROM participants WHERE session_id = $1 AND user_id = $2`,
      [sessionId, userId],
    );
    return row;
  }

  participants(sessionId: string): Promise<Participant[]> {
    return this.dataSource.query<Participant[]>(
      `SELECT ${participantColumns} FROM participants WHERE session_id = $1 ORDER BY started_at, user_id`,
      [sessionId],
    );
  }

  async steps({ sessionId, userId }: Whose): Promise<ReadonlyMap<string, StepRecord>> {
    const rows = await this.dataSource.query<StepRecord[]>(
      `SELECT ${stepColumns} FROM steps WHERE session_id = $1 AND user_id = $2`,
      [sessionId, userId],
    );
    return new Map(rows.map((row) => [row.stepId, row]));
  }

  /** What was filled in, by name. */
  async answers({ sessionId, userId }: Whose): Promise<Record<string, string>> {
    const rows = await this.dataSource.query<unknown>(
      'SELECT name, value FROM answers WHERE session_id = $1 AND user_id = $2',
      [sessionId, userId],
    );
    return Object.fromEntries(Answers.parse(rows).map(({ name, value }) => [name, value]));
  }

  async putAnswer(tx: EntityManager, { sessionId, userId }: Whose, name: string, value: string, now: Date) {
    await tx.query(
      `INSERT INTO answers (session_id, user_id, name, value, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (session_id, user_id, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
      [sessionId, userId, name, value, now],
    );
  }
}

const Answers = z.array(z.object({ name: z.string(), value: z.string() }));
