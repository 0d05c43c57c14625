import {
  type ChangePasswordRequest,
  type Principal,
  type RequestOf,
  type UpdateMeRequest,
  UserUpdated,
} from '@lab-orchestrator/contracts';
import { Database, Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { RefreshTokensService } from '../sessions/refresh-tokens.service.js';
import { SignInService } from '../sessions/sign-in.service.js';
import { User, viewOf } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** What people change about themselves. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly signIn: SignInService,
    private readonly refreshTokens: RefreshTokensService,
  ) {}

  async me({ userId }: Principal) {
    return viewOf(await this.users.byId(userId));
  }

  async update({ userId }: Principal, { preferences, ...change }: RequestOf<typeof UpdateMeRequest>) {
    return this.database.transaction(async (tx) => {
      const before = await this.users.lock(tx, userId);
      await tx.save(User, { id: userId, ...change, preferences: { ...before.preferences, ...preferences } });
      const user = await this.users.byId(userId, tx);
      await this.outbox.add(tx, UserUpdated, { userId, role: user.role });
      return viewOf(user);
    });
  }

  /** The session it is done in goes on; all others end. */
  async changePassword(principal: Principal, request: RequestOf<typeof ChangePasswordRequest>) {
    const { userId, username, familyId } = principal;
    const user = await this.users.byId(userId);
    // Someone at an unlocked screen may not guess at will: the same limits as at sign-in, of a block of its own.
    const attempt = { username, block: `account:${userId}` };
    const verified = await this.signIn.verify(attempt, user, request.currentPassword);
    if (!verified) throw wrongPassword();
    const passwordHash = await this.hasher.hash(request.newPassword);
    await this.database.transaction(async (tx) => {
      await tx.update(User, userId, { passwordHash });
      await this.refreshTokens.revokeAll(tx, userId, familyId);
    });
    return {};
  }
}

function wrongPassword() {
  const errors = [{ path: 'currentPassword', message: 'is not your current password' }];
  return new UserError('wrong_password', { status: 400, detail: 'The current password is wrong.', errors });
}
