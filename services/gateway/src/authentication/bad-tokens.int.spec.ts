import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { KeyRing, type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publicUrl, runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';

/** A key of ours that nobody published, and the right way to use one that is. */
const stranger = generateKeyPairSync('ed25519').privateKey;
const strangerJwk = createPublicKey(stranger).export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

let auth: RunningAuthService;
let gateway: RunningGateway;
let token: string;
let claims: JWTPayload;
let kid: string;
beforeAll(async () => {
  auth = await runAuthService();
  gateway = await runGateway({ LAB_NATS_URL: auth.nats.url });
  token = (await auth.signIn('admin', auth.adminPassword)).accessToken;
  claims = decodeJwt(token);
  kid = String(decodeProtectedHeader(token).kid);
});
afterAll(async () => {
  await gateway.stop();
  await auth.stop();
});

const parts = () => token.split('.');
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (change: JWTPayload, header: object = {}, key: Parameters<SignJWT['sign']>[0] = stranger) =>
  new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header }).sign(key);
/** Signed by the real key of auth-service: only what it says is wrong. */
async function ours(change: JWTPayload, header: object = {}) {
  const { key } = await auth.service.app.get(KeyRing).signer();
  return signed(change, header, key);
}
/** Everybody has the published key: whoever takes it for a shared secret believes everybody. */
async function hmac(secretOf: (jwk: JsonWebKey) => string | Buffer) {
  const answer = await fetch(`${gateway.url}/.well-known/jwks.json`);
  const { keys } = (await answer.json()) as { keys: JsonWebKey[] };
  const jwk = keys.find((key) => key['kid'] === kid) ?? {};
  return signed({}, { alg: 'HS256' }, Buffer.from(secretOf(jwk)));
}
const pem = (jwk: JsonWebKey) => createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });

const badTokens: Array<[string, () => string | Promise<string>]> = [
  [
    'with another payload',
    () => [parts()[0], json({ ...claims, role: 'admin', username: 'root' }), parts()[2]].join('.'),
  ],
  ['with another header', () => [json({ alg: 'EdDSA', typ: 'at+jwt', kid: 'x' }), parts()[1], parts()[2]].join('.')],
  ['without signature', () => `${parts()[0]}.${parts()[1]}.`],
  ['with half a signature', () => token.slice(0, -20)],
  ['of algorithm none', () => new UnsecuredJWT(claims).encode()],
  ['of algorithm none with our key id', () => `${json({ alg: 'none', typ: 'at+jwt', kid })}.${parts()[1]}.`],
  ['signed by a stranger with our key id', () => signed({})],
  ['signed by a stranger with a key id of his own', () => signed({}, { kid: 'mine' })],
  ['signed with our public key as an HMAC secret', () => hmac(({ x = '' }) => Buffer.from(x, 'base64url'))],
  ['signed with the text of our public key as an HMAC secret', () => hmac(({ x = '' }) => x)],
  ['signed with the PEM of our public key as an HMAC secret', () => hmac(pem)],
  ['signed with the JWK of our public key as an HMAC secret', () => hmac((jwk) => JSON.stringify(jwk))],
  ['signed with RSA', () => signed({}, { alg: 'RS256' }, rsa)],
  ['with a key of its own in the header', () => signed({}, { jwk: strangerJwk })],
  [
    'with a key of its own in the header, and its key id',
    () => signed({}, { kid: 'mine', jwk: { ...strangerJwk, kid: 'mine' } }),
  ],
  ['with a key of its own in the header, and no key id', () => signed({}, { kid: undefined, jwk: strangerJwk })],
  ['expired', () => ours({ exp: Math.floor(Date.now() / 1000) - 60 })],
  ['not valid yet', () => ours({ nbf: Math.floor(Date.now() / 1000) + 600 })],
  ['for another audience', () => ours({ aud: 'somebody-else' })],
  ['from another issuer', () => ours({ iss: 'https://evil.example' })],
  ['of another type', () => ours({}, { typ: 'JWT' })],
  ['without an end', () => ours({ exp: undefined })],
  ['of a role we do not know', () => ours({ role: 'root' })],
  ['that is no token', () => 'bm9uc2Vuc2U'],
  ['that looks like an API token', () => 'lab_bm9uc2Vuc2U'],
];

it('accepts what auth-service has signed', async () => {
  expect(await gateway.call('GET', '/users/me', { token })).toMatchObject({ status: 200 });
  expect(await gateway.call('GET', '/users/me', { token: await ours({}) })).toMatchObject({ status: 200 });
});

it.each(badTokens)('refuses a token %s', async (_, make) => {
  const answer = await gateway.call('GET', '/users/me', { token: await make() });
  expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
});

it.each(['Basic YWRtaW46YWRtaW4=', 'Bearer', 'Bearer a b', `Bearer ${'a'.repeat(5000)}`, 'bearer\tx'])(
  'refuses the header %j',
  async (authorization) => {
    expect(await gateway.call('GET', '/users/me', { headers: { authorization } })).toMatchObject({ status: 401 });
  },
);

it('never takes a token from a query, and a cookie is not enough', async () => {
  expect(await gateway.call('GET', `/users/me?access_token=${token}`)).toMatchObject({ status: 401 });
  expect(await gateway.call('GET', '/users/me', { headers: { cookie: `__Host-lab-refresh=${token}` } })).toMatchObject({
    status: 401,
  });
});

it('publishes the keys and nothing private', async () => {
  const answer = await fetch(`${gateway.url}/.well-known/jwks.json`);
  expect(await answer.json()).toEqual({ keys: [expect.objectContaining({ kid, alg: 'EdDSA', crv: 'Ed25519' })] });
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  expect(publicUrl).toBe(claims.iss);
});

it('accepts the next key when it is published, before it signs for others', async () => {
  const ring = auth.service.app.get(KeyRing);
  await ring.rotate();
  const next = await ring.signer(new Date(Date.now() + 7 * 24 * 3_600_000));
  expect(next.kid).not.toBe(kid);
  const made = await signed({}, { kid: next.kid }, next.key);
  const status = async () => (await gateway.call('GET', '/users/me', { token: made })).status;
  // Unknown keys are asked for every five seconds at most.
  await expect.poll(status, { timeout: 10_000 }).toBe(200);
  expect(await gateway.call('GET', '/users/me', { token })).toMatchObject({ status: 200 });
});
