import type { ListSessionsRequest, Principal, ReplyInputOf, RequestOf } from '@lab-orchestrator/contracts';
import { imagesOf } from '@lab-orchestrator/lab-folder';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { QueueEstimates } from '../admission/queue-estimates.js';
import { RuntimeCapacity } from '../admission/runtime-capacity.js';
import { ImageCatalog } from '../images/image-catalog.js';
import { LabEntity } from '../labs/lab.entity.js';
import { LabVersions } from '../labs/lab-versions.js';
import { containing, keysetPage, type Order } from '../lists/keyset.js';
import { callerParameter, visibleSessions } from '../policy/visible.js';
import { roleOf, SessionAccess } from './session-access.js';
import { SessionLogEntity } from './session-log.entity.js';
import { SessionMemberEntity } from './session-member.entity.js';
import { sessionView } from './session.view.js';
import { SessionEntity } from './session.entity.js';
import { UsualStarts } from './usual-starts.js';

type ListSessions = RequestOf<typeof ListSessionsRequest>;

const byCreation = { by: 'session.createdAt', valueOf: (row: SessionEntity) => row.createdAt.toISOString() };
const byDeadline = { by: 'session.deadlineAt', valueOf: (row: SessionEntity) => row.deadlineAt.toISOString() };
const orders = {
  createdAt: { ...byCreation, direction: 'ASC' },
  '-createdAt': { ...byCreation, direction: 'DESC' },
  deadlineAt: { ...byDeadline, direction: 'ASC' },
  '-deadlineAt': { ...byDeadline, direction: 'DESC' },
} satisfies Record<ListSessions['sort'], Order<SessionEntity>>;

/** Finding and showing sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: SessionAccess,
    private readonly versions: LabVersions,
    private readonly queue: QueueEstimates,
    private readonly usualStarts: UsualStarts,
    private readonly capacity: RuntimeCapacity,
    private readonly images: ImageCatalog,
  ) {}

  async list(caller: Principal, filter: ListSessions): Promise<ReplyInputOf<typeof ListSessionsRequest>> {
    const query = this.dataSource
      .getRepository(SessionEntity)
      .createQueryBuilder('session')
      .innerJoin(LabEntity, 'lab', 'lab.id = session.lab_id')
      .where(visibleSessions(caller), { [callerParameter]: caller.userId });
    if (filter.state !== undefined)
      query.andWhere(filter.state === 'open' ? `session.phase <> 'ended'` : `session.phase = 'ended'`);
    if (filter.phase !== undefined) query.andWhere('session.phase = :phase', { phase: filter.phase });
    if (filter.labId !== undefined) query.andWhere('session.lab_id = :labId', { labId: filter.labId });
    if (filter.ownerId !== undefined) query.andWhere('session.owner_id = :ownerId', { ownerId: filter.ownerId });
    if (filter.courseId !== undefined) query.andWhere('session.course_id = :courseId', { courseId: filter.courseId });
    if (filter.mine) query.andWhere('session.owner_id = :mine', { mine: caller.userId });
    if (filter.search !== undefined)
      query.andWhere('(lab.title ILIKE :text OR session.owner_name ILIKE :text)', { text: containing(filter.search) });
    const { rows, nextCursor } = await keysetPage(query, filter, orders[filter.sort]);
    return { items: await this.views(caller, rows), ...(nextCursor && { nextCursor }) };
  }

  async get(caller: Principal, sessionId: string) {
    const { session } = await this.access.find(caller, sessionId, 'read');
    const [view] = await this.views(caller, [session]);
    if (!view) throw new Error('a session has one view');
    return view;
  }

  /** The newest lines, in the order in which they happened. */
  async log(caller: Principal, sessionId: string) {
    await this.access.find(caller, sessionId, 'readLog');
    const lines = await this.dataSource
      .getRepository(SessionLogEntity)
      .find({ where: { sessionId }, order: { id: 'DESC' }, take: 1000 });
    return {
      items: lines.toReversed().map(({ at, text, code, actorName, system }) => ({
        at: at.toISOString(),
        text,
        code,
        ...(actorName !== null && { actorName }),
        ...(system !== null && { system }),
      })),
    };
  }

  private async views(caller: Principal, sessions: readonly SessionEntity[]) {
    if (sessions.length === 0) return [];
    const ids = sessions.map(({ id }) => id);
    const keyOf = (session: SessionEntity) => ({ labId: session.labId, version: session.labVersion });
    const resolved = await this.versions.resolved(sessions.map(keyOf));
    const features = this.capacity.features();
    // Only whoever shuts machines down needs to know what their disks are made of.
    const looked = features?.hibernation ? sessions : [];
    const [labs, memberships, places, usual, image] = await Promise.all([
      this.dataSource.getRepository(LabEntity).findBy({ id: In(sessions.map(({ labId }) => labId)) }),
      this.dataSource.getRepository(SessionMemberEntity).findBy({ sessionId: In(ids), userId: caller.userId }),
      this.queue.places(
        sessions.filter(({ phase }) => phase === 'requested' || phase === 'queued').map(({ id }) => id),
      ),
      this.usualStarts.of(sessions.map(keyOf)),
      this.images.lookup(looked.flatMap((session) => imagesOf(resolved(keyOf(session))).map(({ name }) => name))),
    ]);
    const labOwners = new Map(labs.map(({ id, ownerId }) => [id, ownerId]));
    const memberRoles = new Map(memberships.map(({ sessionId, role }) => [sessionId, role]));
    return sessions.map((session) =>
      sessionView(session, {
        resolved: resolved(keyOf(session)),
        role: roleOf(caller, {
          ownerId: session.ownerId,
          labOwnerId: labOwners.get(session.labId) ?? '',
          memberRole: memberRoles.get(session.id),
        }),
        queue: places.get(session.id),
        usualStartS: usual(keyOf(session)),
        features,
        image,
      }),
    );
  }
}
