import type { ListProgressRequest, Phase, Principal, RequestOf } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { allowOverview } from '../policy/allow.js';
import { visibleToStaff } from '../policy/policy.js';
import type { Participant } from '../progress/progress.store.js';

/** One person in one session, as overviews read it. */
export interface ClassRow extends Participant {
  labId: string;
  version: number;
  courseId: string | null;
  phase: Phase;
  sessionAt: Date;
  /** Ids of the steps that are done, with what each earned. */
  earned: Record<string, number>;
}
export type ClassFilter = Pick<RequestOf<typeof ListProgressRequest>, 'labId' | 'courseId' | 'state'>;

/** The last line of a page: its session's time, session and person. */
const Cursor = z.tuple([z.iso.datetime(), z.uuid(), z.uuid()]);
type Cursor = z.infer<typeof Cursor>;

/** Progress of many sessions, for staff: newest session first. */
@Injectable()
export class ClassProgress {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns one row more than `limit` when there are more */
  read(caller: Principal, filter: ClassFilter, limit: number, after?: Cursor): Promise<ClassRow[]> {
    allowOverview(caller);
    return this.dataSource.query<ClassRow[]>(
      `SELECT person.session_id AS "sessionId", person.user_id AS "userId", person.display_name AS "displayName",
         person.started_at AS "startedAt", person.last_at AS "lastAt", person.completed_at AS "completedAt",
         person.done, person.points, session.lab_id AS "labId", session.version, session.course_id AS "courseId",
         session.phase, session.created_at AS "sessionAt",
         coalesce((SELECT jsonb_object_agg(step.step_id, step.points) FROM steps step
                   WHERE step.session_id = person.session_id AND step.user_id = person.user_id
                     AND step.done_at IS NOT NULL), '{}') AS earned
       FROM participants person JOIN sessions session ON session.id = person.session_id
       WHERE ${visibleToStaff(caller)}
         AND ($2::uuid IS NULL OR session.lab_id = $2)
         AND ($3::uuid IS NULL OR session.course_id = $3)
         AND ($4::text IS NULL OR (session.phase = 'ended') = ($4 = 'ended'))
         AND ($5::timestamptz IS NULL OR (session.created_at, session.id, person.user_id) < ($5, $6::uuid, $7::uuid))
       ORDER BY session.created_at DESC, session.id DESC, person.user_id DESC
       LIMIT $8`,
      [
        caller.userId,
        filter.labId ?? null,
        filter.courseId ?? null,
        filter.state ?? null,
        ...(after ?? [null, null, null]),
        limit + 1,
      ],
    );
  }
}

export const cursorOf = ({ sessionAt, sessionId, userId }: ClassRow): string =>
  Buffer.from(JSON.stringify([sessionAt.toISOString(), sessionId, userId] satisfies Cursor)).toString('base64url');

/** @throws 400 for a cursor that is not ours */
export function readCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined;
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new UserError('invalid_cursor', {
      status: 400,
      detail: 'This cursor is not valid; start at the first page.',
    });
  }
}
