import { CreateUserRequest } from '@lab-orchestrator/contracts';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testRedis } from '@lab-orchestrator/dev/testing';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { principal, runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

const password = 'a long enough password';
let auth: RunningAuthService;
let redis: PrivateService;
beforeAll(async () => {
  redis = await testRedis();
  auth = await runAuthService({ LAB_REDIS_URL: redis.url });
  for (const username of ['victim', 'sought', ...Array.from({ length: 30 }, (_, index) => `learner${index}`)]) {
    const user = { username, displayName: username, role: 'learner', password } as const;
    await auth.requests.call(CreateUserRequest, user, { principal: principal('admin'), deadlineMs: 20_000 });
  }
});
afterAll(async () => {
  await auth.stop();
  await redis.stop();
});

const tryAll = (attempts: Array<[username: string, password: string, address: string]>) =>
  Promise.all(
    attempts.map((attempt) =>
      auth.signIn(...attempt).then(
        () => 'in',
        ({ code }) => String(code),
      ),
    ),
  );
const countOf = (outcomes: string[], outcome: string) => outcomes.filter((one) => one === outcome).length;
const in64 = (index: number) => `2001:db8:1:2::${(index + 1).toString(16)}`;

describe('guessing passwords', () => {
  it('from one /64 at one account: ten are verified, and the victim still gets in', async () => {
    const verified = vi.spyOn(auth.service.app.get(PasswordHasher), 'matches');
    const outcomes = await tryAll(Array.from({ length: 500 }, (_, index) => ['victim', `guess ${index}`, in64(index)]));
    expect(verified.mock.calls.length).toBe(10);
    expect(countOf(outcomes, 'invalid_credentials')).toBe(verified.mock.calls.length);
    expect(countOf(outcomes, 'too_many_attempts')).toBe(500 - verified.mock.calls.length);
    expect(await auth.signIn('victim', password, '192.0.2.50')).toHaveProperty('accessToken');
  });

  it('from one /64 at many accounts: at most 20 are verified', async () => {
    const attempts = Array.from({ length: 500 }, (_, index): [string, string, string] => [
      `learner${index % 30}`,
      `guess ${index}`,
      `2001:db8:9:9::${(index + 1).toString(16)}`,
    ]);
    expect(countOf(await tryAll(attempts), 'invalid_credentials')).toBe(20);
  });

  it('from everywhere at one account: it shuts out who is new, and never where its owner has been before', async () => {
    await auth.signIn('sought', password, '192.0.2.60');
    const guesses = Array.from({ length: 110 }, (_, index): [string, string, string] => [
      'sought',
      `guess ${index}`,
      `10.1.${index}.1`,
    ]);
    const outcomes = await tryAll(guesses);
    expect(countOf(outcomes, 'invalid_credentials')).toBe(100);
    expect(countOf(outcomes, 'too_many_attempts')).toBe(10);
    expect(
      await tryAll([
        ['sought', password, '10.2.0.1'],
        ['sought', 'guess', '192.0.2.60'],
        ['victim', password, '10.2.0.1'],
      ]),
    ).toEqual(['too_many_attempts', 'invalid_credentials', 'in']);
    expect(await tryAll([['sought', password, '192.0.2.60']])).toEqual(['in']);
  });

  it('says how long to wait', async () => {
    await expect(auth.signIn('victim', password, in64(1))).rejects.toMatchObject({
      status: 429,
      code: 'too_many_attempts',
      retryAfterS: expect.any(Number),
    });
  });
});

describe('a class behind one address', () => {
  it('signs in at the same moment, more people than failures are allowed', async () => {
    const outcomes = await tryAll(
      Array.from({ length: 30 }, (_, index) => [`learner${index}`, password, '198.51.100.1']),
    );
    expect(countOf(outcomes, 'in')).toBe(30);
  });
});

describe('without Redis', () => {
  it('sign-in goes on, and is still limited', async () => {
    await redis.kill();
    expect(await tryAll([['learner1', password, '198.51.100.2']])).toEqual(['in']);
    const outcomes = await tryAll(
      Array.from({ length: 40 }, (_, index) => [`learner${index % 30}`, 'guess', '203.0.113.1']),
    );
    expect(countOf(outcomes, 'invalid_credentials')).toBe(20);
  });
});
