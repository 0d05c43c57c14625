import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher({ concurrency: 1, maxWaiting: 2 });

  it('stores argon2id with at least 19 MiB and two passes', async () => {
    expect(await hasher.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('knows the right password from a wrong one', async () => {
    const stored = await hasher.hash('correct horse');
    expect(await hasher.matches(stored, 'correct horse')).toBe(true);
    expect(await hasher.matches(stored, 'correct horsf')).toBe(false);
  });

  it('never matches for a person without a password, not even the decoy', async () => {
    expect(await hasher.matches(null, 'nobody has this password')).toBe(false);
  });

  it('spends as much time on people who do not exist', async () => {
    const stored = await hasher.hash('correct horse');
    await hasher.matches(null, 'warm up');
    const [known, unknown] = [
      await timeOf(() => hasher.matches(stored, 'x')),
      await timeOf(() => hasher.matches(null, 'x')),
    ];
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it('refuses when the line is too long, and goes on afterwards', async () => {
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => hasher.hash(`password ${n}`)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(await hasher.hash('again')).toMatch(/^\$argon2id/);
  });
});

async function timeOf(work: () => Promise<unknown>) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
