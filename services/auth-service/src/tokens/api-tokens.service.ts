import type { CreateApiTokenRequest, Principal, RequestOf } from '@lab-orchestrator/contracts';
import { Database, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { hashOf, randomToken } from '../keys/token-hash.js';
import { User } from '../users/user.entity.js';
import { ApiToken, viewOf } from './api-token.entity.js';

const dayMs = 86_400_000;
const maxPerUser = 50;
/** `last_used_at` is for people who clean up; a write per request would be too much for it. */
const usedEveryMs = 60_000;

/** Tokens for programs: `lab_…`, with scopes and an end. */
@Injectable()
export class ApiTokensService {
  constructor(private readonly database: Database) {}

  async list({ userId }: Principal) {
    const tokens = await this.database.transaction((tx) =>
      tx.find(ApiToken, { where: { userId }, order: { createdAt: 'DESC', id: 'ASC' } }),
    );
    return { items: tokens.map(viewOf) };
  }

  async create(principal: Principal, { name, scopes, expiresInDays }: RequestOf<typeof CreateApiTokenRequest>) {
    const { userId } = principal;
    refuseMore(principal, scopes);
    const token = `lab_${randomToken()}`;
    const expiresAt = new Date(Date.now() + expiresInDays * dayMs);
    return this.database.transaction(async (tx) => {
      if ((await tx.countBy(ApiToken, { userId })) >= maxPerUser) throw tooMany();
      const values = { userId, name, scopes: [...new Set(scopes)], hash: hashOf(token), expiresAt };
      const { id } = await tx.save(tx.create(ApiToken, values));
      return { ...viewOf(await tx.findOneByOrFail(ApiToken, { id })), token };
    });
  }

  async delete({ userId }: Principal, tokenId: string) {
    const { affected } = await this.database.transaction((tx) => tx.delete(ApiToken, { id: tokenId, userId }));
    if (!affected) throw new UserError('token_not_found', { status: 404, detail: 'There is no such token.' });
    return {};
  }

  /** Whom the token speaks for; 401 for every reason alike. */
  async verify(text: string): Promise<Principal> {
    const found = await this.database.transaction(async (tx) => {
      const token = await tx.findOneBy(ApiToken, { hash: hashOf(text), expiresAt: MoreThan(new Date()) });
      if (!token) return undefined;
      const user = await tx.findOneBy(User, { id: token.userId });
      if (!user || user.disabledAt) return undefined;
      const isStale = !token.lastUsedAt || Date.now() - token.lastUsedAt.getTime() > usedEveryMs;
      if (isStale) await tx.update(ApiToken, token.id, { lastUsedAt: new Date() });
      return { token, user };
    });
    if (!found) throw new UserError('invalid_token', { status: 401, detail: 'The token is not valid.' });
    const { id: userId, username, displayName, role } = found.user;
    return { userId, username, displayName, role, via: 'token', scopes: [...found.token.scopes] };
  }
}

/** A token may not make one that can do more. */
function refuseMore({ via, scopes: own = [] }: Principal, wanted: readonly string[]) {
  if (via !== 'token' || wanted.every((scope) => own.includes(scope))) return;
  throw new UserError('forbidden', { status: 403, detail: 'A token cannot create one with more scopes.' });
}

function tooMany() {
  const detail = `You have ${maxPerUser} tokens. Please delete one first.`;
  return new UserError('too_many_tokens', { status: 409, detail });
}
