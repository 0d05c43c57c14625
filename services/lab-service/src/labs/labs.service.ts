import {
  type ListLabsRequest,
  type Principal,
  type ReplyInputOf,
  type RequestOf,
  type UpdateLabRequest,
} from '@lab-orchestrator/contracts';
import { Database, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { Clock } from '../clock.js';
import { containing, keysetPage, type Order } from '../lists/keyset.js';
import { allowLab, notFound } from '../policy/allow.js';
import { callerParameter, visibleLabs } from '../policy/visible.js';
import { SessionEntity } from '../sessions/session.entity.js';
import { LabEntity } from './lab.entity.js';
import { labView, versionView } from './lab.view.js';
import { LabVersionEntity } from './lab-version.entity.js';
import { LabVersions } from './lab-versions.js';

type ListLabs = RequestOf<typeof ListLabsRequest>;

const orders = {
  title: { by: 'lab.title', direction: 'ASC', valueOf: (lab) => lab.title },
  '-title': { by: 'lab.title', direction: 'DESC', valueOf: (lab) => lab.title },
  updatedAt: { by: 'lab.updatedAt', direction: 'ASC', valueOf: (lab) => lab.updatedAt.toISOString() },
  '-updatedAt': { by: 'lab.updatedAt', direction: 'DESC', valueOf: (lab) => lab.updatedAt.toISOString() },
  level: { by: 'lab.levelRank', direction: 'ASC', valueOf: (lab) => lab.levelRank },
  durationS: { by: 'lab.durationS', direction: 'ASC', valueOf: (lab) => lab.durationS },
} satisfies Record<ListLabs['sort'], Order<LabEntity>>;

/** The catalog: finding, showing and changing labs. */
@Injectable()
export class LabsService {
  constructor(
    private readonly db: Database,
    private readonly dataSource: DataSource,
    private readonly versions: LabVersions,
    private readonly clock: Clock,
  ) {}

  async list(caller: Principal, filter: ListLabs): Promise<ReplyInputOf<typeof ListLabsRequest>> {
    const query = this.dataSource
      .getRepository(LabEntity)
      .createQueryBuilder('lab')
      .where('lab.deleted_at IS NULL')
      .andWhere(visibleLabs(caller), { [callerParameter]: caller.userId })
      .andWhere('lab.archived = :archived', { archived: filter.archived ?? false });
    if (filter.search !== undefined)
      query.andWhere(
        '(lab.title ILIKE :text OR lab.summary ILIKE :text OR lab.slug ILIKE :text OR :tag = ANY (lab.tags))',
        { text: containing(filter.search), tag: filter.search.toLowerCase() },
      );
    if (filter.tag !== undefined) query.andWhere(':onlyTag = ANY (lab.tags)', { onlyTag: filter.tag });
    if (filter.level !== undefined) query.andWhere('lab.level = :level', { level: filter.level });
    if (filter.mine) query.andWhere('lab.owner_id = :caller');
    const { rows, nextCursor } = await keysetPage(query, filter, orders[filter.sort]);
    return { items: await this.views(caller, rows), ...(nextCursor && { nextCursor }) };
  }

  async get(caller: Principal, labId: string) {
    const lab = await this.find(labId);
    allowLab(caller, 'read', lab);
    return this.view(caller, lab);
  }

  async listVersions(caller: Principal, labId: string) {
    const lab = await this.find(labId);
    allowLab(caller, 'read', lab);
    const versions = await this.dataSource
      .getRepository(LabVersionEntity)
      .find({ where: { labId }, order: { version: 'DESC' }, take: 200 });
    const open = await this.dataSource.query<Array<{ version: number; count: number }>>(
      `SELECT lab_version AS version, count(*)::int AS count FROM sessions
       WHERE lab_id = $1 AND phase <> 'ended' GROUP BY lab_version`,
      [labId],
    );
    const counts = new Map(open.map(({ version, count }) => [version, count]));
    const showsCounts = caller.role !== 'learner';
    return {
      items: versions.map((version) =>
        versionView(version, showsCounts ? (counts.get(version.version) ?? 0) : undefined),
      ),
    };
  }

  async update(caller: Principal, { labId, revision, visibility, archived }: RequestOf<typeof UpdateLabRequest>) {
    const lab = await this.db.transaction(async (tx) => {
      const found = await this.lock(tx, labId);
      allowLab(caller, 'change', found);
      if (revision !== undefined && revision !== found.revision)
        throw new UserError('revision_mismatch', {
          status: 412,
          detail: 'Somebody has changed this lab since you opened it.',
        });
      if (visibility !== undefined) found.visibility = visibility;
      if (archived !== undefined) found.archived = archived;
      found.revision += 1;
      found.updatedAt = this.clock.now();
      return tx.save(found);
    });
    return this.view(caller, lab);
  }

  /** Nobody can start it any more; the sessions that run need its versions and keep them. */
  async delete(caller: Principal, labId: string) {
    await this.db.transaction(async (tx) => {
      const lab = await this.lock(tx, labId);
      allowLab(caller, 'change', lab);
      await tx.update(LabEntity, { id: labId }, { deletedAt: this.clock.now() });
    });
    return {};
  }

  async find(labId: string): Promise<LabEntity> {
    const lab = await this.dataSource.getRepository(LabEntity).findOneBy({ id: labId, deletedAt: IsNull() });
    if (!lab) throw notFound('lab');
    return lab;
  }

  async view(caller: Principal, lab: LabEntity) {
    const [view] = await this.views(caller, [lab]);
    if (!view) throw notFound('lab');
    return view;
  }

  private async lock(tx: EntityManager, labId: string) {
    const lab = await tx.findOne(LabEntity, {
      where: { id: labId, deletedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
    if (!lab) throw notFound('lab');
    return lab;
  }

  private async views(caller: Principal, labs: readonly LabEntity[]) {
    if (labs.length === 0) return [];
    const newest = (lab: LabEntity) => ({ labId: lab.id, version: lab.version });
    const resolved = await this.versions.resolved(labs.map(newest));
    const sessions = await this.dataSource.getRepository(SessionEntity).find({
      select: { id: true, labId: true },
      where: { ownerId: caller.userId, labId: In(labs.map(({ id }) => id)), phase: Not(In(['ending', 'ended'])) },
      order: { createdAt: 'ASC' },
    });
    const openSessions = new Map(sessions.map(({ id, labId }) => [labId, id]));
    return labs.map((lab) => labView(lab, resolved(newest(lab)), openSessions.get(lab.id)));
  }
}
