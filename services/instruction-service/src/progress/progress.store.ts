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
/** Somebody who may have no row yet. */
export type Newcomer = Whose & Person;
export const nameOf = ({ sessionId, userId }: Whose) => `${sessionId}/${userId}`;
export interface LogLine {
  what: 'ticked' | 'unticked' | 'checked' | 'answered' | 'hint' | 'reopened';
  detail?: object;
}

/** What one transaction changed. */
export interface Saved {
  people: readonly Participant[];
  steps: ReadonlyArray<StepRecord & Whose>;
  log: ReadonlyArray<Whose & LogLine & { stepId: string; at: Date }>;
}

const participantColumns = `session_id AS "sessionId", user_id AS "userId", display_name AS "displayName",
  started_at AS "startedAt", last_at AS "lastAt", completed_at AS "completedAt", done, points`;
const stepColumns = `step_id AS "stepId", done_at AS "doneAt", points, hints, checks, runs, attempts, given, correct`;

/** The tables of progress. Whoever changes something of a person holds that person's row: then the sums are right. */
@Injectable()
export class ProgressStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The people's rows, locked until the transaction ends, in the order of the rows so that nobody waits in a circle;
   * made where it is their first deed.
   */
  async lock(tx: EntityManager, people: readonly Newcomer[], now: Date): Promise<Participant[]> {
    const ids = [people.map(({ sessionId }) => sessionId), people.map(({ userId }) => userId)];
    const read = () =>
      tx.query<Participant[]>(
        `SELECT ${participantColumns} FROM participants
         WHERE (session_id, user_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
         ORDER BY session_id, user_id FOR UPDATE`,
        ids,
      );
    const found = await read();
    const known = new Set(found.map(nameOf));
    const missing = people.filter((person) => !known.has(nameOf(person)));
    if (missing.length === 0) return found;
    await tx.query(
      `INSERT INTO participants (session_id, user_id, display_name, started_at)
       SELECT *, $4::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[]) ON CONFLICT DO NOTHING`,
      [
        missing.map(({ sessionId }) => sessionId),
        missing.map(({ userId }) => userId),
        missing.map(({ displayName }) => displayName),
        now,
      ],
    );
    return read();
  }

  /** Those that are there; a step that nobody has touched has no row. */
  async stepsOf(
    tx: EntityManager,
    steps: ReadonlyArray<Whose & { stepId: string }>,
  ): Promise<Array<StepRecord & Whose>> {
    return tx.query<Array<StepRecord & Whose>>(
      `SELECT session_id AS "sessionId", user_id AS "userId", ${stepColumns} FROM steps
       WHERE (session_id, user_id, step_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]))`,
      [steps.map(({ sessionId }) => sessionId), steps.map(({ userId }) => userId), steps.map(({ stepId }) => stepId)],
    );
  }

  async step({ sessionId, userId }: Whose, stepId: string): Promise<StepRecord> {
    const [row] = await this.stepsOf(this.dataSource.manager, [{ sessionId, userId, stepId }]);
    return row ?? blankStep(stepId);
  }

  /** All that changed, in one statement. */
  async save(tx: EntityManager, { people, steps, log }: Saved) {
    await tx.query(
      `WITH step AS (
         INSERT INTO steps (session_id, user_id, step_id, done_at, points, hints, checks, runs, attempts, given, correct)
         SELECT "sessionId", "userId", "stepId", "doneAt", points, ARRAY(SELECT jsonb_array_elements_text(hints)), checks,
           runs, attempts, given, correct
         FROM jsonb_to_recordset($1::jsonb) AS row ("sessionId" uuid, "userId" uuid, "stepId" text, "doneAt" timestamptz,
           points double precision, hints jsonb, checks jsonb, runs int, attempts int, given jsonb, correct boolean)
         ON CONFLICT (session_id, user_id, step_id) DO UPDATE SET done_at = excluded.done_at, points = excluded.points,
           hints = excluded.hints, checks = excluded.checks, runs = excluded.runs, attempts = excluded.attempts,
           given = excluded.given, correct = excluded.correct
       ), log AS (
         INSERT INTO step_log (session_id, user_id, step_id, at, what, detail)
         SELECT "sessionId", "userId", "stepId", at, what, detail
         FROM jsonb_to_recordset($2::jsonb) AS row ("sessionId" uuid, "userId" uuid, "stepId" text, at timestamptz,
           what text, detail jsonb)
       )
       UPDATE participants person SET last_at = row."lastAt", completed_at = row."completedAt", done = row.done,
         points = row.points
       FROM jsonb_to_recordset($3::jsonb) AS row ("sessionId" uuid, "userId" uuid, "lastAt" timestamptz,
         "completedAt" timestamptz, done int, points double precision)
       WHERE person.session_id = row."sessionId" AND person.user_id = row."userId"`,
      [JSON.stringify(steps), JSON.stringify(log), JSON.stringify(people)],
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

  async steps(whose: Whose): Promise<ReadonlyMap<string, StepRecord>> {
    return (await this.stepsOfPeople([whose])).get(nameOf(whose)) ?? new Map();
  }

  /** By `nameOf`, then by the id of the step. */
  async stepsOfPeople(people: readonly Whose[]): Promise<ReadonlyMap<string, ReadonlyMap<string, StepRecord>>> {
    const rows = await this.dataSource.query<Array<StepRecord & Whose>>(
      `SELECT session_id AS "sessionId", user_id AS "userId", ${stepColumns} FROM steps
       WHERE (session_id, user_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [people.map(({ sessionId }) => sessionId), people.map(({ userId }) => userId)],
    );
    const found = new Map<string, Map<string, StepRecord>>();
    for (const { sessionId, userId, ...step } of rows) {
      const name = nameOf({ sessionId, userId });
      found.set(name, (found.get(name) ?? new Map()).set(step.stepId, step));
    }
    return found;
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
