import { describe, expect, it } from 'vitest';
import { DenyList } from './deny-list.js';

const token = { sub: 'user-1', fam: 'family-1', iat: 1_000, role: 'admin' } as const;
const at = (seconds: number) => new Date(seconds * 1000);

describe('DenyList', () => {
  it('knows nobody at first', () => {
    expect(new DenyList().denies(token)).toBe(false);
  });

  it('denies one family and not the others of its user', () => {
    const list = new DenyList();
    list.denyFamily('family-1');
    expect(list.denies(token)).toBe(true);
    expect(list.denies({ ...token, fam: 'family-2' })).toBe(false);
  });

  it('denies what a user got before, not what follows', () => {
    const list = new DenyList();
    list.denyUser('user-1', at(1_000));
    expect(list.denies(token)).toBe(true);
    expect(list.denies({ ...token, iat: 1_001 })).toBe(false);
    expect(list.denies({ ...token, sub: 'user-2' })).toBe(false);
  });

  it('denies an old token with another role, and nothing when only the name changed', () => {
    const list = new DenyList();
    list.expectRole('user-1', 'admin', at(2_000));
    expect(list.denies(token)).toBe(false);
    list.expectRole('user-1', 'learner', at(2_000));
    expect(list.denies(token)).toBe(true);
    expect(list.denies({ ...token, role: 'learner', iat: 2_001 })).toBe(false);
  });
});
