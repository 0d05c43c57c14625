import {
  accessTokenAlgorithm,
  accessTokenAudience,
  AccessTokenClaims,
  accessTokenType,
  ListKeys,
} from '@lab-orchestrator/contracts';
import { RequestClient, TransientError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { invalidToken } from './bearer-token.js';

/** New keys are published ten minutes before they sign, so that this is soon enough. */
const maxAgeMs = 300_000;
/** A flood of tokens with invented key ids asks auth-service at most this often. */
const unknownKeyPauseMs = 5_000;

/** Verifies access tokens by the published keys of auth-service, without asking it each time. */
@Injectable()
export class AccessTokenVerifier {
  private keys: JSONWebKeySet = { keys: [] };
  /** Of the keys above, made with them: it keeps each key that it has imported. */
  private find: JWTVerifyGetKey = createLocalJWKSet(this.keys);
  private readAt = 0;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly requests: RequestClient,
    private readonly issuer: string,
  ) {}

  /** Throws 401 for everything that is not a valid token of ours, 503 while no key could be read yet. */
  async verify(token: string): Promise<AccessTokenClaims> {
    try {
      const { payload } = await jwtVerify(token, this.keyFor, {
        algorithms: [accessTokenAlgorithm],
        issuer: this.issuer,
        audience: accessTokenAudience,
        typ: accessTokenType,
        requiredClaims: ['exp', 'iat', 'sub'],
        clockTolerance: 5,
      });
      return AccessTokenClaims.parse(payload);
    } catch (error) {
      if (error instanceof TransientError) throw error;
      throw invalidToken();
    }
  }

  /** For `/.well-known/jwks.json`. */
  async published(): Promise<JSONWebKeySet> {
    await this.readIfOlder(maxAgeMs);
    return this.keys;
  }

  private readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    await this.readIfOlder(maxAgeMs);
    try {
      return await this.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.readIfOlder(unknownKeyPauseMs);
      return this.find(header, token);
    }
  };

  /** An outage of auth-service is no reason to refuse tokens whose key is known. */
  private async readIfOlder(ageMs: number) {
    if (Date.now() - this.readAt < ageMs) return;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    try {
      await this.reading;
    } catch (error) {
      if (this.keys.keys.length === 0) throw error;
    }
  }

  private async read() {
    const { keys } = await this.requests.call(ListKeys, {}, { deadlineMs: 3_000 });
    this.keys = { keys: keys.map((key) => ({ kty: 'OKP', ...key })) };
    this.find = createLocalJWKSet(this.keys);
    this.readAt = Date.now();
  }
}
