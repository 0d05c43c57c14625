import type { ListUsersRequest, RequestOf } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { User } from './user.entity.js';
import { readCursor, writeCursor } from '../paging/cursor.js';
import { orderingOf } from './user-ordering.js';

type ListUsers = RequestOf<typeof ListUsersRequest>;

/** Reads people. */
@Injectable()
export class UsersRepository {
  constructor(private readonly dataSource: DataSource) {}

  async byId(id: string, tx: EntityManager = this.dataSource.manager): Promise<User> {
    const user = await tx.findOneBy(User, { id });
    if (!user) throw userNotFound();
    return user;
  }

  /** Locks the person, so that two changes follow each other. */
  async lock(tx: EntityManager, id: string): Promise<User> {
    const user = await tx.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!user) throw userNotFound();
    return user;
  }

  names(userIds: readonly string[], username?: string) {
    const where = [{ id: In([...userIds]) }, ...(username ? [{ username }] : [])];
    return this.dataSource.manager.find(User, { select: { id: true, username: true, displayName: true }, where });
  }

  /** One page by key, not by offset: rows that come or go meanwhile shift nothing. */
  async page(query: ListUsers): Promise<{ users: User[]; nextCursor?: string }> {
    const { sql, type, direction, comparison } = orderingOf(query.sort);
    const builder = this.dataSource.manager.createQueryBuilder(User, 'person').addSelect(`(${sql})::text`, 'position');
    if (query.role) builder.andWhere('person.role = :role', { role: query.role });
    if (query.disabled !== undefined) builder.andWhere(`person.disabled_at IS ${query.disabled ? 'NOT NULL' : 'NULL'}`);
    if (query.search) {
      const pattern = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
      builder.andWhere(`concat_ws(' ', person.username, person.display_name, person.email) ILIKE :pattern`, {
        pattern,
      });
    }
    if (query.cursor) {
      const { value, id } = readCursor(query.cursor);
      builder.andWhere(`(${sql}, person.id) ${comparison} (:value::${type}, :id::uuid)`, { value, id });
    }
    builder
      .orderBy(sql, direction)
      .addOrderBy('person.id', direction)
      .limit(query.limit + 1);
    const { entities, raw } = await builder.getRawAndEntities<{ position: string }>();
    const users = entities.slice(0, query.limit);
    const last = users.at(-1);
    const position = raw[query.limit - 1]?.position;
    if (entities.length <= query.limit || !last || position === undefined) return { users };
    return { users, nextCursor: writeCursor(position, last.id) };
  }
}

export function userNotFound() {
  return new UserError('user_not_found', { status: 404, detail: 'There is no such person.' });
}
