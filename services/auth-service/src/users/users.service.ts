import {
  type CreateUserRequest,
  type FindUserNames,
  type ListUsersRequest,
  type ReplyInputOf,
  type RequestOf,
  type UpdateUserRequest,
  UserCreated,
  UserDeleted,
  UserDisabled,
  UserUpdated,
} from '@lab-orchestrator/contracts';
import { Database, Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { InvitationsService } from '../invitations/invitations.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { RefreshTokensService } from '../sessions/refresh-tokens.service.js';
import { keepAnAdmin } from './last-admin.js';
import { User, viewOf } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

type NewUser = Pick<RequestOf<typeof CreateUserRequest>, 'username' | 'displayName' | 'email' | 'role'>;

/** People, as administrators manage them. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly invitations: InvitationsService,
    private readonly refreshTokens: RefreshTokensService,
  ) {}

  async list(query: RequestOf<typeof ListUsersRequest>) {
    const { users, nextCursor } = await this.users.page(query);
    return { items: users.map(viewOf), nextCursor };
  }

  async get(userId: string) {
    return viewOf(await this.users.byId(userId));
  }

  async names({ userIds, username }: RequestOf<typeof FindUserNames>): Promise<ReplyInputOf<typeof FindUserNames>> {
    const users = await this.users.names(userIds, username);
    return { users: users.map((user) => ({ id: user.id, username: user.username, displayName: user.displayName })) };
  }

  async create({ password, ...person }: RequestOf<typeof CreateUserRequest>) {
    const passwordHash = password === undefined ? null : await this.hasher.hash(password);
    return this.database.transaction(async (tx) => {
      const user = await this.add(tx, person, passwordHash);
      const invitation = passwordHash === null ? await this.invitations.create(tx, user.id) : undefined;
      return { ...viewOf(user), ...(invitation && { invitation }) };
    });
  }

  /** Adds a person in the caller's transaction. */
  async add(tx: EntityManager, person: NewUser, passwordHash: string | null): Promise<User> {
    const { email = null, ...rest } = person;
    const user = await tx.save(tx.create(User, { ...rest, email, passwordHash, preferences: {} })).catch((error) => {
      throw isTaken(error) ? usernameTaken(person.username) : error;
    });
    await this.outbox.add(tx, UserCreated, { userId: user.id, role: user.role });
    return this.users.byId(user.id, tx);
  }

  async update({ userId, disabled, ...change }: RequestOf<typeof UpdateUserRequest>) {
    return this.database.transaction(async (tx) => {
      const losesAdmin = disabled === true || (change.role !== undefined && change.role !== 'admin');
      if (losesAdmin) await keepAnAdmin(tx, userId);
      const before = await this.users.lock(tx, userId);
      const disabledAt = disabled ? (before.disabledAt ?? new Date()) : null;
      await tx.save(User, { id: userId, ...change, ...(disabled !== undefined && { disabledAt }) });
      const user = await this.users.byId(userId, tx);
      await this.outbox.add(tx, UserUpdated, { userId, role: user.role });
      if (disabled === true && before.disabledAt === null) await this.shutOut(tx, userId);
      return viewOf(user);
    });
  }

  async invite(userId: string) {
    return this.database.transaction(async (tx) => {
      const user = await this.users.lock(tx, userId);
      if (user.disabledAt) throw new UserError('user_disabled', { status: 409, detail: 'This person is disabled.' });
      return this.invitations.create(tx, user.id);
    });
  }

  /** Tokens, sessions and invitations go with the row; other services learn it by the event. */
  async delete(userId: string) {
    await this.database.transaction(async (tx) => {
      await keepAnAdmin(tx, userId);
      await this.users.lock(tx, userId);
      await tx.delete(User, userId);
      await this.outbox.add(tx, UserDeleted, { userId });
    });
    return {};
  }

  private async shutOut(tx: EntityManager, userId: string) {
    await this.outbox.add(tx, UserDisabled, { userId });
    await this.refreshTokens.revokeAll(tx, userId);
    await tx.query('DELETE FROM api_tokens WHERE user_id = $1', [userId]);
    await tx.query('DELETE FROM invitations WHERE user_id = $1', [userId]);
  }
}

/** Unique violation; TypeORM keeps the driver's error. */
const isTaken = (error: unknown) => error instanceof QueryFailedError && error.driverError.code === '23505';

function usernameTaken(username: string) {
  const detail = `The name ${username} is taken.`;
  return new UserError('username_taken', { status: 409, detail, errors: [{ path: 'username', message: 'is taken' }] });
}
