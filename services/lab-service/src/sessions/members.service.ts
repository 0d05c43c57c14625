import {
  type DeleteMember,
  FindUserNames,
  LabMembersChanged,
  type Principal,
  type PutMemberRequest,
  type RequestOf,
} from '@lab-orchestrator/contracts';
import { Database, Outbox, RequestClient, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound } from '../policy/allow.js';
import { SessionAccess } from './session-access.js';
import { SessionLog } from './session-log.js';
import { SessionMemberEntity } from './session-member.entity.js';
import { SessionMoves } from './session-moves.js';
import { SessionEntity } from './session.entity.js';

const maxMembers = 50;

/** People linked to somebody's session. */
@Injectable()
export class MembersService {
  constructor(
    private readonly db: Database,
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly access: SessionAccess,
    private readonly log: SessionLog,
    private readonly moves: SessionMoves,
    private readonly requests: RequestClient,
  ) {}

  async list(caller: Principal, sessionId: string) {
    await this.access.find(caller, sessionId, 'read');
    const members = await this.dataSource
      .getRepository(SessionMemberEntity)
      .find({ where: { sessionId }, order: { displayName: 'ASC' } });
    return { items: members.map(viewOf) };
  }

  async put(caller: Principal, { sessionId, userId, role }: RequestOf<typeof PutMemberRequest>) {
    const { session } = await this.access.find(caller, sessionId, 'linkPeople');
    if (userId === session.ownerId)
      throw new UserError('owner_is_no_member', { status: 409, detail: 'The owner has every right already.' });
    const { users } = await this.requests.call(FindUserNames, { userIds: [userId] }, { principal: caller });
    const [user] = users;
    if (!user) throw notFound('member');
    return this.db.transaction(async (tx) => {
      const { session: locked } = await this.access.lock(tx, caller, sessionId, 'linkPeople');
      const before = await tx.findOneBy(SessionMemberEntity, { sessionId, userId });
      if (!before && (await tx.countBy(SessionMemberEntity, { sessionId })) >= maxMembers)
        throw new UserError('too_many_members', { status: 409, detail: `A session has at most ${maxMembers} people.` });
      const member = { sessionId, userId, displayName: user.displayName, role };
      await tx.upsert(SessionMemberEntity, member, ['sessionId', 'userId']);
      // Whoever may only look from now on loses the consoles in which they typed.
      const isLess = before?.role === 'operator' && role === 'viewer';
      const text = `${caller.displayName} linked ${user.displayName} as ${role}.`;
      await this.changed(tx, caller, locked, isLess ? [userId] : [], { code: 'member_linked', text });
      return viewOf(member);
    });
  }

  /** By those who link people, and by the member. */
  async delete(caller: Principal, { sessionId, userId }: RequestOf<typeof DeleteMember>) {
    await this.db.transaction(async (tx) => {
      const action = userId === caller.userId ? 'read' : 'linkPeople';
      const { session } = await this.access.lock(tx, caller, sessionId, action);
      const member = await tx.findOneBy(SessionMemberEntity, { sessionId, userId });
      if (!member) throw notFound('member');
      await tx.delete(SessionMemberEntity, { sessionId, userId });
      const text = `${caller.displayName} unlinked ${member.displayName}.`;
      await this.changed(tx, caller, session, [userId], { code: 'member_unlinked', text });
    });
    return {};
  }

  private async changed(
    tx: EntityManager,
    { displayName: actorName }: Principal,
    session: SessionEntity,
    removedUserIds: string[],
    line: { code: string; text: string },
  ) {
    await this.log.add(tx, session.id, { ...line, actorName });
    await this.outbox.add(tx, LabMembersChanged, { sessionId: session.id, removedUserIds });
    await this.moves.announce(tx, session);
  }
}

const viewOf = ({ userId, displayName, role }: Pick<SessionMemberEntity, 'userId' | 'displayName' | 'role'>) => ({
  userId,
  displayName,
  role,
});
