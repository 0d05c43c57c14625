import { randomUUID } from 'node:crypto';
import { UserSignedOut } from '@lab-orchestrator/contracts';
import { Database, Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';
import type { User } from '../users/user.entity.js';
import { addressBlock } from './address-block.js';
import { judge, type RefreshChain } from './refresh-chain.js';
import { RefreshToken } from './refresh-token.entity.js';
import { TokenFamily } from './token-family.entity.js';

export interface Client {
  address: string;
  userAgent?: string;
}
export interface SessionLimits {
  readonly idleS: number;
  readonly maxS: number;
}
/** What the browser gets to keep. */
export interface IssuedRefreshToken {
  readonly userId: string;
  readonly familyId: string;
  readonly refreshToken: string;
  readonly refreshExpiresInS: number;
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** Refresh tokens: one use each, in families; a token used again later ends its family. */
@Injectable()
export class RefreshTokensService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly chain: RefreshChain,
    private readonly limits: SessionLimits,
  ) {}

  /** Opens a family for someone who has just signed in. */
  async open(tx: EntityManager, user: User, client: Client): Promise<IssuedRefreshToken> {
    const family = { id: randomUUID(), userId: user.id, expiresAt: inSeconds(this.limits.maxS) };
    await tx.insert(TokenFamily, {
      ...family,
      addressBlock: addressBlock(client.address),
      userAgent: client.userAgent ?? null,
    });
    const token = this.chain.first();
    return this.issue(tx, family, token, 0);
  }

  /** Takes a token for its successor. Throws 401 when it is unknown, expired, revoked or used before. */
  async rotate(presented: string): Promise<IssuedRefreshToken> {
    const issued = await this.database.transaction(async (tx) => {
      const found = await this.lock(tx, presented);
      if (!found) return undefined;
      const { token, family } = found;
      const verdict = judge(token, family, new Date());
      if (verdict === 'rotate') {
        await tx.update(RefreshToken, token.hash, { usedAt: new Date() });
        return this.issue(tx, family, this.chain.following(presented), token.position + 1);
      }
      if (verdict === 'repeat') return this.newest(tx, family, presented, token.position);
      // The revocation has to be committed, so the 401 comes after the transaction.
      if (verdict === 'reused') await this.revoke(tx, family);
      return undefined;
    });
    if (!issued) throw sessionEnded();
    return issued;
  }

  /** Ends the session this token belongs to; an unknown token is no error. */
  async signOut(presented: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await this.lock(tx, presented);
      if (found && found.family.revokedAt === null) await this.revoke(tx, found.family);
    });
  }

  /** Ends every session of a user, but for the one given. */
  async revokeAll(tx: EntityManager, userId: string, except?: string): Promise<void> {
    const families = await tx.find(TokenFamily, {
      where: { userId, revokedAt: IsNull(), ...(except && { id: Not(except) }) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const family of families) await this.revoke(tx, family);
  }

  /** Whether this user has signed in from there before. */
  async isKnownBlock(userId: string, block: string): Promise<boolean> {
    return this.database.transaction((tx) => tx.existsBy(TokenFamily, { userId, addressBlock: block }));
  }

  /** Removes what can never be presented again. */
  async cleanUp(): Promise<void> {
    await this.database.transaction((tx) => tx.query('DELETE FROM token_families WHERE expires_at < now()'));
  }

  /** The family's row is locked first: repeats of one token wait for each other. */
  private async lock(tx: EntityManager, presented: string) {
    const hash = this.chain.hash(presented);
    const reference = await tx.findOneBy(RefreshToken, { hash });
    if (!reference) return undefined;
    const family = await tx.findOne(TokenFamily, {
      where: { id: reference.familyId },
      lock: { mode: 'pessimistic_write' },
    });
    const token = await tx.findOneBy(RefreshToken, { hash });
    return family && token ? { family, token } : undefined;
  }

  private async issue(
    tx: EntityManager,
    family: Pick<TokenFamily, 'id' | 'userId' | 'expiresAt'>,
    token: string,
    position: number,
  ): Promise<IssuedRefreshToken> {
    const idle = inSeconds(this.limits.idleS);
    const expiresAt = idle < family.expiresAt ? idle : family.expiresAt;
    await tx.insert(RefreshToken, { hash: this.chain.hash(token), familyId: family.id, position, expiresAt });
    return issuedOf(family, token, expiresAt);
  }

  private async newest(tx: EntityManager, family: TokenFamily, presented: string, position: number) {
    const last = await tx.findOneOrFail(RefreshToken, { where: { familyId: family.id }, order: { position: 'DESC' } });
    return issuedOf(family, this.chain.following(presented, last.position - position), last.expiresAt);
  }

  private async revoke(tx: EntityManager, family: TokenFamily) {
    await tx.update(TokenFamily, family.id, { revokedAt: new Date() });
    await this.outbox.add(tx, UserSignedOut, { userId: family.userId, familyId: family.id });
  }
}

function issuedOf(family: Pick<TokenFamily, 'id' | 'userId'>, refreshToken: string, expiresAt: Date) {
  const refreshExpiresInS = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
  return { userId: family.userId, familyId: family.id, refreshToken, refreshExpiresInS };
}

export function sessionEnded() {
  return new UserError('session_ended', { status: 401, detail: 'Your session has ended. Please sign in again.' });
}
