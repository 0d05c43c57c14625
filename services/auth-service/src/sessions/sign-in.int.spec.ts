import { readFile, stat } from 'node:fs/promises';
import { GetMe, ListKeys, SignIn } from '@lab-orchestrator/contracts';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  principal,
  publicUrl,
  runAuthService,
  type RunningAuthService,
} from '../testing/running-auth-service.fixture.js';

let auth: RunningAuthService;
beforeAll(async () => {
  auth = await runAuthService();
});
afterAll(() => auth.stop());

describe('the first administrator', () => {
  it('has a random password in a file that only its owner may read', async () => {
    expect(auth.adminPassword).toMatch(/^[\w-]{24}$/);
    expect((await stat(auth.passwordFile)).mode & 0o777).toBe(0o600);
  });

  it('is created once', async () => {
    await auth.restart();
    expect((await readFile(auth.passwordFile, 'utf8')).trim()).toBe(auth.adminPassword);
    expect(await auth.sql('SELECT username, role FROM users')).toEqual([{ username: 'admin', role: 'admin' }]);
  });
});

describe('signing in', () => {
  it('answers an EdDSA token that the published keys verify', async () => {
    const { accessToken, expiresInS } = await auth.signIn('admin', auth.adminPassword);
    const { keys } = await auth.requests.call(ListKeys, {});
    const options = { issuer: publicUrl, audience: 'lab-orchestrator', typ: 'at+jwt' };
    const { payload } = await jwtVerify(
      accessToken,
      createLocalJWKSet({ keys: keys.map((key) => ({ kty: 'OKP', ...key })) }),
      options,
    );
    expect(decodeProtectedHeader(accessToken).alg).toBe('EdDSA');
    expect(payload).toMatchObject({ username: 'admin', role: 'admin', name: 'Administrator' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(expiresInS);
  });

  it('publishes no private part of a key', async () => {
    const { keys } = await auth.requests.call(ListKeys, {});
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).not.toHaveProperty('d');
  });

  it('ignores capitals and spaces around the name', async () => {
    expect(await auth.signIn(' Admin ', auth.adminPassword)).toHaveProperty('accessToken');
  });

  it.each([
    ['a wrong password', 'admin', 'wrong'],
    ['an unknown name', 'nobody', 'wrong'],
  ])('says the same for %s', async (_, username, password) => {
    await expect(auth.signIn(username, password)).rejects.toMatchObject({
      status: 401,
      code: 'invalid_credentials',
      detail: 'The name or the password is wrong.',
    });
  });

  it('remembers when', async () => {
    const [{ id } = { id: '' }] = await auth.sql<{ id: string }>(`SELECT id FROM users`);
    const me = await auth.requests.call(GetMe, {}, { principal: principal('admin', { userId: id }) });
    expect(Date.now() - Date.parse(me.lastLoginAt ?? '')).toBeLessThan(60_000);
  });

  it('stores neither password nor tokens', async () => {
    const { refreshToken } = await auth.signIn('admin', auth.adminPassword);
    const dump = JSON.stringify([
      await auth.sql('SELECT * FROM users'),
      await auth.sql('SELECT * FROM refresh_tokens'),
      await auth.sql('SELECT * FROM outbox'),
      await auth.sql('SELECT kid, public_jwk, encode(private_jwk_encrypted, $1) AS private FROM signing_keys', [
        'escape',
      ]),
    ]);
    expect(dump).not.toContain(auth.adminPassword);
    expect(dump).not.toContain(refreshToken);
    expect(dump).not.toContain('\\"d\\"');
  });

  it('refuses fields nobody asked for', async () => {
    const extra = { username: 'admin', password: 'x', address: '::1', role: 'admin' };
    await expect(auth.requests.call(SignIn, extra)).rejects.toThrow();
  });
});
