import type { Principal } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { AccessTokenVerifier } from './access-token.verifier.js';
import { ApiTokenVerifier } from './api-token.verifier.js';
import { bearerToken, invalidToken } from './bearer-token.js';
import { DenyList } from './deny-list.js';

const apiTokenPrefix = 'lab_';

/** Finds out who calls. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly accessTokens: AccessTokenVerifier,
    private readonly apiTokens: ApiTokenVerifier,
    private readonly denyList: DenyList,
  ) {}

  /** Undefined without a token; throws 401 for one that is not valid. */
  async principalOf(authorization: string | undefined): Promise<Principal | undefined> {
    const token = bearerToken(authorization);
    if (token === undefined) return undefined;
    if (token.startsWith(apiTokenPrefix)) return this.apiTokens.verify(token);
    const claims = await this.accessTokens.verify(token);
    if (this.denyList.denies(claims)) throw invalidToken();
    const { sub: userId, username, name: displayName, role, fam: familyId } = claims;
    return { userId, username, displayName, role, via: 'session', familyId };
  }
}
