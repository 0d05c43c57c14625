import { CreateUserRequest, RefreshSession, SignOut, UserSignedOut } from '@lab-orchestrator/contracts';
import { EventFeed } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { principal, runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

const client = { address: '192.0.2.1', userAgent: 'spec' };
const password = 'a long enough password';

let auth: RunningAuthService;
beforeAll(async () => {
  auth = await runAuthService();
  const user = { username: 'learner1', displayName: 'Learner', role: 'learner', password } as const;
  await auth.requests.call(CreateUserRequest, user, { principal: principal('admin') });
});
afterAll(() => auth.stop());

const open = async () => (await auth.signIn('learner1', password)).refreshToken;
const rotate = async (refreshToken: string) =>
  (await auth.requests.call(RefreshSession, { refreshToken, ...client }, { deadlineMs: 20_000 })).refreshToken;
/** As if the last use had been longer ago than two tabs are apart. */
const passGrace = () => auth.sql(`UPDATE refresh_tokens SET used_at = used_at - interval '1 minute'`);

describe('refresh tokens', () => {
  it('are good for one successor each', async () => {
    const first = await open();
    const second = await rotate(first);
    const third = await rotate(second);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('give two tabs that come together the same successor', async () => {
    const token = await open();
    const successors = await Promise.all(Array.from({ length: 8 }, () => rotate(token)));
    expect(new Set(successors).size).toBe(1);
    expect(await rotate(successors[0] ?? '')).not.toBe(successors[0]);
  });

  it('rotate under load without a single refusal', async () => {
    let cookie = await open();
    const tab = async () => {
      for (let turn = 0; turn < 12; turn += 1) cookie = await rotate(cookie);
    };
    await Promise.all(Array.from({ length: 8 }, tab));
    expect(await rotate(cookie)).toEqual(expect.any(String));
  });

  it('end the whole family when one is used again later, and say so to everyone', async () => {
    const [stolen, other] = [await open(), await open()];
    const newest = await rotate(stolen);
    await passGrace();
    const told = nextSignOut();
    await expect(rotate(stolen)).rejects.toMatchObject({ status: 401, code: 'session_ended' });
    await expect(rotate(newest)).rejects.toMatchObject({ status: 401 });
    expect(await told).toMatchObject({ familyId: expect.any(String) });
    expect(await rotate(other)).toEqual(expect.any(String));
  });

  it.each(['', 'x'.repeat(43), '../../etc/passwd', 'null'])('refuse %j', async (token) => {
    await expect(rotate(token)).rejects.toMatchObject({ status: 401, code: 'session_ended' });
  });

  it('end with the sign-out, which may be repeated', async () => {
    const token = await open();
    for (const _ of [1, 2]) expect(await auth.requests.call(SignOut, { refreshToken: token })).toEqual({});
    await expect(rotate(token)).rejects.toMatchObject({ status: 401 });
  });

  it('end with their time, however often they are used', async () => {
    const token = await open();
    await auth.sql(`UPDATE token_families SET expires_at = now() - interval '1 second'`);
    await expect(rotate(token)).rejects.toMatchObject({ status: 401 });
  });
});

async function nextSignOut() {
  const stop = new AbortController();
  for await (const item of auth.service.app.get(EventFeed).open({ signal: stop.signal })) {
    if (item.kind !== 'event' || item.event.type !== UserSignedOut.type) continue;
    stop.abort();
    return item.event.data;
  }
  throw new Error('the feed ended');
}
