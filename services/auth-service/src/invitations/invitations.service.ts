import { Database, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { hashOf, randomToken } from '../keys/token-hash.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { RefreshTokensService } from '../sessions/refresh-tokens.service.js';
import { User } from '../users/user.entity.js';
import { Invitation } from './invitation.entity.js';

export interface InvitationRules {
  readonly publicUrl: string;
  readonly lifetimeS: number;
}

/** Links with which a person sets a password. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly refreshTokens: RefreshTokensService,
    private readonly rules: InvitationRules,
  ) {}

  /** The only time the link is known; earlier ones of this person stop working. */
  async create(tx: EntityManager, userId: string): Promise<{ url: string; expiresAt: string }> {
    const token = randomToken();
    const expiresAt = new Date(Date.now() + this.rules.lifetimeS * 1000);
    await tx.delete(Invitation, { userId });
    await tx.insert(Invitation, { hash: hashOf(token), userId, expiresAt });
    // Behind the #, so that it is in no server's log and in no Referer.
    return { url: `${this.rules.publicUrl}/invitation#${token}`, expiresAt: expiresAt.toISOString() };
  }

  /** Sets the password, once. Whoever was signed in with the old one is signed out. */
  async accept(token: string, password: string) {
    const hash = hashOf(token);
    // Looked at before the costly hash, so that guesses cost nothing.
    await this.database.transaction((tx) => this.find(tx, hash));
    const passwordHash = await this.hasher.hash(password);
    await this.database.transaction(async (tx) => {
      const { userId } = await this.find(tx, hash);
      const { affected } = await tx.delete(Invitation, { hash });
      if (!affected) throw invalidInvitation();
      await tx.update(User, userId, { passwordHash });
      await this.refreshTokens.revokeAll(tx, userId);
    });
    return {};
  }

  private async find(tx: EntityManager, hash: string): Promise<Invitation> {
    const invitation = await tx.findOneBy(Invitation, { hash, expiresAt: MoreThan(new Date()) });
    if (!invitation) throw invalidInvitation();
    return invitation;
  }
}

function invalidInvitation() {
  const detail = 'This invitation is used up or has expired. Please ask for a new one.';
  return new UserError('invalid_invitation', { status: 400, detail });
}
