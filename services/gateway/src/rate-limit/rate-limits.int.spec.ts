import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testRedis } from '@lab-orchestrator/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicUrl, runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';

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

describe('without a trusted proxy', () => {
  let open: RunningGateway;
  beforeAll(async () => {
    open = await runGateway({ LAB_NATS_URL: auth.nats.url, LAB_RATE_PER_ADDRESS: '10' });
  });
  afterAll(() => open.stop());
  const spoofed = (index: number) => {
    const address = `203.0.113.${index}`;
    return { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` };
  };

  it('hands on where somebody is, whatever he says', async () => {
    const body = { username: 'admin', password: auth.adminPassword };
    const headers = { origin: publicUrl, ...spoofed(77) };
    expect(await open.call('POST', '/auth/login', { body, headers })).toMatchObject({ status: 200 });
    const blocks = 'SELECT address_block AS block FROM token_families ORDER BY created_at DESC LIMIT 1';
    expect(await auth.sql(blocks)).toEqual([{ block: '127.0.0.1/32' }]);
    const addresses = 'SELECT DISTINCT address FROM audit';
    await expect.poll(() => auth.sql(addresses), { timeout: 10_000 }).toEqual([{ address: '127.0.0.1' }]);
  });

  it('limits him by it', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { status } = await open.call('GET', '/users/me', { headers: spoofed(index) });
        return status;
      }),
    );
    // The sign-in above was one.
    expect([countOf(statuses, 401), countOf(statuses, 429)]).toEqual([9, 11]);
  });
});
