import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { StartSessionRequest } from '@lab-orchestrator/contracts';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testRedis } from '@lab-orchestrator/dev/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';
import { lab, session } from '../testing/samples.fixture.js';
import { standIn, type StandIn } from '../testing/stand-in.fixture.js';

let auth: RunningAuthService;
let redis: PrivateService;
let gateways: RunningGateway[];
let peer: StandIn;
let token: string;
beforeAll(async () => {
  [auth, redis] = await Promise.all([runAuthService(), testRedis()]);
  const env = { LAB_NATS_URL: auth.nats.url, LAB_REDIS_URL: redis.url };
  gateways = [await runGateway(env), await runGateway(env)];
  // In place of lab-service, over the real broker: each start is another session.
  peer = await standIn(auth.nats.url);
  peer.answerWith(StartSessionRequest, async () => {
    await sleep(100);
    return { ...session, id: randomUUID() };
  });
  token = (await auth.signIn('admin', auth.adminPassword)).accessToken;
});
afterAll(async () => {
  await peer.stop();
  for (const gateway of gateways) await gateway.stop();
  await redis.stop();
  await auth.stop();
});

const start = (key: string, at = 0, body: unknown = { labId: lab.id }) =>
  gateways[at % 2]?.call('POST', '/sessions', { token, body, headers: { 'idempotency-key': key } });
const idOf = (answer: Awaited<ReturnType<typeof start>>) => Object(answer?.body).id;

it('answers a repeat with the first answer, on every process', async () => {
  const key = randomUUID();
  const first = await start(key);
  const again = await start(key, 1);
  expect([first?.status, again?.status, idOf(again)]).toEqual([201, 201, idOf(first)]);
  expect(first?.headers.get('idempotency-replayed')).toBeNull();
  expect(again?.headers.get('idempotency-replayed')).toBe('true');
});

it('lets those who come at the same moment wait for the first', async () => {
  const [key, before] = [randomUUID(), peer.received.length];
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => start(key, index)));
  expect(new Set(answers.map(idOf)).size).toBe(1);
  expect(answers.map((answer) => answer?.status)).toEqual(Array.from({ length: 10 }, () => 201));
  expect(peer.received.length - before).toBe(1);
});

it('refuses the same key with something else', async () => {
  const key = randomUUID();
  await start(key);
  expect(await start(key, 0, { labId: lab.id, version: 2 })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
});

it('does not keep a refusal: nothing has happened', async () => {
  const key = randomUUID();
  peer.refuse(StartSessionRequest, 409, 'session_open');
  expect(await start(key)).toMatchObject({ status: 409 });
  peer.answerWith(StartSessionRequest, async () => ({ ...session, id: randomUUID() }));
  expect(await start(key)).toMatchObject({ status: 201 });
});

it.each(['', 'a'.repeat(129), 'with space'])('refuses the key %j', async (key) => {
  const answer = await start(key);
  expect(answer?.status).toBe(400);
});

it('keeps no answer in clear text', async () => {
  const key = randomUUID();
  const created = await gateways[0]?.call('POST', '/users/me/tokens', {
    token,
    body: { name: 'x', scopes: ['read'] },
    headers: { 'idempotency-key': key },
  });
  const secret = String(Object(created?.body).token);
  expect(secret).toMatch(/^lab_/);
  const client = new Redis(redis.url);
  const kept = await client.keys('lab:first-answer:*');
  const dump = (await client.mget(kept)).join('\n');
  client.disconnect();
  expect(kept.length).toBeGreaterThan(0);
  for (const hidden of [secret, key, session.lab.title]) expect(dump).not.toContain(hidden);
});

it('goes on without Redis', async () => {
  await redis.kill();
  expect(await start(randomUUID())).toMatchObject({ status: 201 });
});
