import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testRedis } from '@lab-orchestrator/dev/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';

let auth: RunningAuthService;
let redis: PrivateService;
let gateway: RunningGateway;
beforeAll(async () => {
  [auth, redis] = await Promise.all([runAuthService(), testRedis()]);
  gateway = await runGateway({
    LAB_NATS_URL: auth.nats.url,
    LAB_REDIS_URL: redis.url,
    LAB_RATE_PER_USER: '20',
    LAB_RATE_PER_ADDRESS: '10',
    LAB_TRUSTED_PROXIES: '127.0.0.1',
  });
});
afterAll(async () => {
  await gateway.stop();
  await redis.stop();
  await auth.stop();
});

const me = async (count: number, options: { token?: string; address: string }) => {
  const headers = { 'x-forwarded-for': options.address };
  const answers = await Promise.all(
    Array.from({ length: count }, () => gateway.call('GET', '/users/me', { ...options, headers })),
  );
  return answers.map(({ status }) => status).toSorted();
};
const countOf = (statuses: number[], status: number) => statuses.filter((one) => one === status).length;

it('limits who is not known by the address, and says how long', async () => {
  const statuses = await me(15, { address: '192.0.2.1' });
  expect([countOf(statuses, 401), countOf(statuses, 429)]).toEqual([10, 5]);
  const answer = await gateway.call('GET', '/users/me', { headers: { 'x-forwarded-for': '192.0.2.1' } });
  expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('limits users one by one, wherever they are', async () => {
  const { accessToken: token } = await auth.signIn('admin', auth.adminPassword);
  const statuses = await me(25, { token, address: '192.0.2.1' });
  expect([countOf(statuses, 200), countOf(statuses, 429)]).toEqual([20, 5]);
  expect(await me(1, { token, address: '192.0.2.2' })).toEqual([429]);
});

it('counts by itself while Redis is away', async () => {
  await redis.kill();
  const statuses = await me(15, { address: '192.0.2.3' });
  expect([countOf(statuses, 401), countOf(statuses, 429)]).toEqual([10, 5]);
});
