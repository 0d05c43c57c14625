import { accessTokenAudience, accessTokenType } from '@lab-orchestrator/contracts';
import type { RequestClient } from '@lab-orchestrator/platform';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AccessTokenVerifier } from './access-token.verifier.js';

const issuer = 'http://localhost:8080';
const userId = '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11';

async function signingKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
  const token = () =>
    new SignJWT({ username: 'ada', role: 'learner', name: 'Ada', fam: userId })
      .setProtectedHeader({ alg: 'EdDSA', typ: accessTokenType, kid })
      .setIssuer(issuer)
      .setAudience(accessTokenAudience)
      .setSubject(userId)
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return { jwk, token };
}
const [first, second] = [await signingKey('first'), await signingKey('second')];

/** Stands where auth-service answers: what it has published, and how often it was asked. */
let published: object[];
let asked: number;
let verifier: AccessTokenVerifier;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  [published, asked] = [[first.jwk], 0];
  const call = () => {
    asked += 1;
    return Promise.resolve({ keys: published });
  };
  verifier = new AccessTokenVerifier({ call } as unknown as RequestClient, issuer);
});
afterEach(() => void vi.useRealTimers());
const laterBy = (ms: number) => vi.setSystemTime(Date.now() + ms);

it('asks for the keys once for many tokens', async () => {
  for (let count = 0; count < 50; count += 1) {
    expect(await verifier.verify(await first.token())).toMatchObject({ sub: userId });
  }
  expect(asked).toBe(1);
});

it('takes a key that is new at its first token', async () => {
  await verifier.verify(await first.token());
  published = [first.jwk, second.jwk];
  laterBy(5_000);
  expect(await verifier.verify(await second.token())).toMatchObject({ sub: userId });
  expect(await verifier.verify(await first.token())).toMatchObject({ sub: userId });
  expect(asked).toBe(2);
});

it('takes a withdrawn key no longer than five minutes', async () => {
  await verifier.verify(await first.token());
  published = [second.jwk];
  laterBy(300_000);
  await expect(verifier.verify(await first.token())).rejects.toMatchObject({ code: 'invalid_token' });
  expect(await verifier.verify(await second.token())).toMatchObject({ sub: userId });
});

it('does not ask for each token with an invented key', async () => {
  await verifier.verify(await first.token());
  for (let count = 0; count < 20; count += 1) {
    await expect(verifier.verify(await second.token())).rejects.toMatchObject({ code: 'invalid_token' });
  }
  expect(asked).toBe(1);
});
