import { hashOf, randomToken } from '../keys/token-hash.js';
import type { SecretBox } from '../keys/secret-box.js';

/**
 * Two tabs may send the same token at the same moment, and an answer may get lost. Each token therefore has one
 * successor, derived from it: whoever repeats a token within this time gets the newest of the same chain. No second
 * chain begins, so a stolen token still shows itself when the chain moves on.
 */
export const graceMs = 10_000;

export type Verdict = 'rotate' | 'repeat' | 'reused' | 'expired';

export interface PresentedToken {
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
}

export interface FamilyState {
  readonly revokedAt: Date | null;
  readonly expiresAt: Date;
}

/** What a presented token means. */
export function judge(token: PresentedToken, family: FamilyState, now: Date): Verdict {
  if (family.revokedAt !== null || family.expiresAt <= now) return 'expired';
  if (token.usedAt === null) return token.expiresAt > now ? 'rotate' : 'expired';
  return now.getTime() - token.usedAt.getTime() <= graceMs ? 'repeat' : 'reused';
}

/** The tokens of one family, each derived from the one before. */
export class RefreshChain {
  constructor(private readonly box: SecretBox) {}

  first() {
    return randomToken();
  }

  /** The token `steps` places after this one. */
  following(token: string, steps = 1): string {
    let next = token;
    for (let step = 0; step < steps; step += 1) next = this.box.derive(next);
    return next;
  }

  hash(token: string) {
    return hashOf(token);
  }
}
