import { randomUUID } from 'node:crypto';
import {
  accessTokenAlgorithm,
  accessTokenAudience,
  accessTokenLifetimeS,
  accessTokenType,
} from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import type { User } from '../users/user.entity.js';
import { KeyRing } from './key-ring.js';

/** Signs what the gateway verifies by the published keys alone. */
@Injectable()
export class AccessTokenIssuer {
  constructor(
    private readonly ring: KeyRing,
    private readonly issuer: string,
  ) {}

  async issue(user: User, familyId: string) {
    const { kid, key } = await this.ring.signer();
    const accessToken = await new SignJWT({
      username: user.username,
      name: user.displayName,
      role: user.role,
      fam: familyId,
    })
      .setProtectedHeader({ alg: accessTokenAlgorithm, typ: accessTokenType, kid })
      .setIssuer(this.issuer)
      .setAudience(accessTokenAudience)
      .setSubject(user.id)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${accessTokenLifetimeS}s`)
      .sign(key);
    return { accessToken, expiresInS: accessTokenLifetimeS };
  }
}
