import { createHash } from 'node:crypto';
import { type Principal, VerifyApiToken } from '@lab-orchestrator/contracts';
import { RequestClient, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { invalidToken } from './bearer-token.js';

/** A revoked token works at most this much longer. */
const ttlMs = 10_000;

/** Asks auth-service whom an API token speaks for, and remembers it for a few seconds. */
@Injectable()
export class ApiTokenVerifier {
  private readonly known = new LRUCache<string, Promise<Principal>>({ max: 5_000, ttl: ttlMs });

  constructor(private readonly requests: RequestClient) {}

  verify(token: string): Promise<Principal> {
    const key = createHash('sha256').update(token).digest('base64');
    const cached = this.known.get(key);
    if (cached) return cached;
    const asked = this.ask(token);
    this.known.set(key, asked);
    asked.catch(() => this.known.delete(key));
    return asked;
  }

  /** Somebody was disabled, deleted or given another role: ask again. */
  forget() {
    this.known.clear();
  }

  private async ask(token: string): Promise<Principal> {
    try {
      return await this.requests.call(VerifyApiToken, { token }, { deadlineMs: 3_000 });
    } catch (error) {
      throw error instanceof UserError ? invalidToken() : error;
    }
  }
}
