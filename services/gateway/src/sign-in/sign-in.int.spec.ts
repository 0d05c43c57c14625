import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicUrl, runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';

/** Gateway and auth-service together, as they run in production. */
let auth: RunningAuthService;
let gateway: RunningGateway;
beforeAll(async () => {
  auth = await runAuthService();
  gateway = await runGateway({ LAB_NATS_URL: auth.nats.url });
});
afterAll(async () => {
  await gateway.stop();
  await auth.stop();
});

const signIn = () =>
  gateway.call('POST', '/auth/login', {
    body: { username: 'admin', password: auth.adminPassword },
    headers: { origin: publicUrl },
  });
const cookieOf = (headers: Headers) => headers.get('set-cookie')?.split(';')[0] ?? '';

describe('signing in through the gateway', () => {
  it('gives the page an access token and the browser a cookie that no script can read', async () => {
    const { status, body, headers } = await signIn();
    expect(status).toBe(200);
    expect(body).toEqual({ accessToken: expect.any(String), expiresInS: 600 });
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-lab-refresh=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('tells who you are', async () => {
    const { body } = await signIn();
    const me = await gateway.call('GET', '/users/me', { token: String(Object(body).accessToken) });
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({ username: 'admin', role: 'admin', disabled: false });
  });

  it('exchanges the cookie for a new token, and forgets it at sign-out', async () => {
    const cookie = cookieOf((await signIn()).headers);
    const refreshed = await gateway.call('POST', '/auth/refresh', { headers: { cookie, origin: publicUrl } });
    expect(refreshed.status).toBe(200);
    const next = cookieOf(refreshed.headers);
    expect(next).not.toBe(cookie);
    const out = await gateway.call('POST', '/auth/logout', { headers: { cookie: next, origin: publicUrl } });
    expect(out.status).toBe(200);
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-lab-refresh=; .*Expires=Thu, 01 Jan 1970/);
    const again = await gateway.call('POST', '/auth/refresh', { headers: { cookie: next, origin: publicUrl } });
    expect(again).toMatchObject({ status: 401, body: { code: 'session_ended' } });
  });

  it.each(['login', 'refresh', 'logout'])('lets no foreign page use %s', async (route) => {
    const cookie = cookieOf((await signIn()).headers);
    const answer = await gateway.call('POST', `/auth/${route}`, {
      headers: { cookie, origin: 'https://evil.example' },
      body: route === 'login' ? { username: 'admin', password: auth.adminPassword } : {},
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
