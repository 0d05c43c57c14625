import { describe, expect, it } from 'vitest';
import { SecretBox } from '../keys/secret-box.js';
import { graceMs, judge, RefreshChain } from './refresh-chain.js';

const now = new Date('2026-01-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const later = new Date(now.getTime() + 1000);
const open = { revokedAt: null, expiresAt: later };

describe('judge', () => {
  it.each([
    ['rotate', { usedAt: null, expiresAt: later }, open],
    ['expired', { usedAt: null, expiresAt: now }, open],
    ['repeat', { usedAt: ago(0), expiresAt: later }, open],
    ['repeat', { usedAt: ago(graceMs), expiresAt: later }, open],
    ['reused', { usedAt: ago(graceMs + 1), expiresAt: later }, open],
    ['expired', { usedAt: null, expiresAt: later }, { ...open, revokedAt: ago(1) }],
    ['expired', { usedAt: ago(0), expiresAt: later }, { ...open, revokedAt: ago(1) }],
    ['expired', { usedAt: null, expiresAt: later }, { ...open, expiresAt: now }],
  ] as const)('says %s', (verdict, token, family) => {
    expect(judge(token, family, now)).toBe(verdict);
  });
});

describe('RefreshChain', () => {
  const chain = new RefreshChain(new SecretBox('a secret of at least 32 characters'));

  it('derives one successor only', () => {
    const token = chain.first();
    expect(chain.following(token)).toBe(chain.following(token));
    expect(chain.following(chain.following(token))).toBe(chain.following(token, 2));
  });

  it('cannot be continued without the secret', () => {
    const other = new RefreshChain(new SecretBox('another secret of at least 32 chars'));
    expect(other.following('token')).not.toBe(chain.following('token'));
  });

  it('stores hashes, not tokens', () => {
    const token = chain.first();
    expect(chain.hash(token)).not.toContain(token);
  });
});
