import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateUserRequest, type Role, type Route, routes } from '@lab-orchestrator/contracts';
import { principal, type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isAudited } from '../audit/audit-entry.js';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';
import { examplePath } from '../testing/stand-in.fixture.js';

const table = Object.entries<Route>(routes).map(([name, route]) => ({
  name,
  route,
  path: examplePath(route.path, route.params),
}));
const password = 'a long enough password';

let auth: RunningAuthService;
let gateway: RunningGateway;
const tokens = new Map<Role, string>();
beforeAll(async () => {
  auth = await runAuthService();
  gateway = await runGateway({ LAB_NATS_URL: auth.nats.url });
  for (const role of ['admin', 'lecturer', 'learner'] as const) {
    const user = { username: `${role}1`, displayName: role, role, password };
    await auth.requests.call(CreateUserRequest, user, { principal: principal('admin') });
    const { body } = await gateway.call('POST', '/auth/login', { body: { username: user.username, password } });
    tokens.set(role, String(Object(body).accessToken));
  }
});
afterAll(async () => {
  await gateway.stop();
  await auth.stop();
});

const call = ({ route, path }: (typeof table)[number], token?: string, requestId: string = randomUUID()) =>
  gateway.call(route.method, path, {
    ...(token && { token }),
    ...(route.method !== 'GET' && { body: {} }),
    headers: { 'x-request-id': requestId },
  });

it.each(table.filter(({ route }) => route.audience !== 'public'))('$name asks who you are', async (entry) => {
  const { status, body, headers } = await call(entry);
  expect({ status, body }).toMatchObject({
    status: 401,
    body: { code: 'unauthenticated', requestId: expect.any(String) },
  });
  expect(headers.get('www-authenticate')).toBe('Bearer');
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

it.each(table.filter(({ route }) => route.audience === 'admin'))('$name is for administrators', async (entry) => {
  for (const role of ['learner', 'lecturer'] as const) {
    expect(await call(entry, tokens.get(role))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  }
});

it.each(table.filter(({ route }) => route.audience === 'staff'))('$name is not for learners', async (entry) => {
  expect(await call(entry, tokens.get('learner'))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
});

it.each(table.filter(isAudited))('$name leaves exactly one row in the audit log, allowed or not', async (entry) => {
  const [refused, tried] = [randomUUID(), randomUUID()];
  await Promise.all([call(entry, undefined, refused), call(entry, tokens.get('learner'), tried)]);
  for (const requestId of [refused, tried]) {
    expect(await auditRows(requestId, 1)).toEqual([
      expect.objectContaining({ action: entry.name, request_id: requestId }),
    ]);
  }
});

it('leaves no row for what is only read', async () => {
  const reads = table.filter((entry) => !isAudited(entry));
  const requestIds = await Promise.all(
    reads.map(async (entry) => {
      const requestId = randomUUID();
      await call(entry, undefined, requestId);
      return requestId;
    }),
  );
  await sleep(200);
  expect(await auditRows(requestIds, 0)).toEqual([]);
});

async function auditRows(requestId: string | string[], expected: number) {
  const read = () =>
    auth.sql<{ action: string; request_id: string }>('SELECT * FROM audit WHERE request_id = ANY ($1)', [
      [requestId].flat(),
    ]);
  for (let tries = 0; tries < 100 && (await read()).length < expected; tries += 1) await sleep(20);
  return read();
}
