import { authRequests } from '@lab-orchestrator/contracts';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { principal, runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

/** Asked before anybody is known, or by services for themselves; everything else needs a caller. */
const open = new Set([
  'auth.sessions.signIn',
  'auth.sessions.refresh',
  'auth.sessions.signOut',
  'auth.keys.list',
  'auth.tokens.verify',
  'auth.users.acceptInvitation',
  'auth.users.names',
  'auth.audit.record',
]);
const own = new Set([
  'auth.users.me',
  'auth.users.updateMe',
  'auth.users.changePassword',
  'auth.tokens.list',
  'auth.tokens.create',
  'auth.tokens.delete',
]);
const id = '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11';
/** Valid for every request: each schema takes what it knows. */
const bodies: Record<string, unknown> = {
  'auth.users.changePassword': { currentPassword: 'x', newPassword: 'a long enough password' },
  'auth.users.create': { username: 'someone', displayName: 'Someone', role: 'admin' },
  'auth.users.import': { csv: 'username,displayName,role\nsomeone,Someone,admin\n' },
  'auth.tokens.create': { name: 'x', scopes: ['read'] },
  'auth.tokens.delete': { tokenId: id },
};
const needsUser = new Set(['auth.users.get', 'auth.users.update', 'auth.users.invite', 'auth.users.delete']);

let auth: RunningAuthService;
let nats: NatsConnection;
beforeAll(async () => {
  auth = await runAuthService();
  nats = await connect({ servers: auth.nats.url });
});
afterAll(async () => {
  await nats.close();
  await auth.stop();
});

async function problemOf(subject: string, as?: ReturnType<typeof principal>) {
  const head = headers();
  if (as) head.set('Lab-Principal', JSON.stringify(as));
  const body = JSON.stringify(bodies[subject] ?? (needsUser.has(subject) ? { userId: id } : {}));
  const reply: unknown = (await nats.request(subject, body, { timeout: 10_000, headers: head })).json();
  return Object(reply).problem;
}
const subjects = authRequests.map(({ subject }) => subject);

it.each(subjects.filter((subject) => !open.has(subject)))('%s needs a caller', async (subject) => {
  expect(await problemOf(subject)).toMatchObject({ status: 401, code: 'unauthenticated' });
});

it.each(subjects.filter((subject) => !open.has(subject) && !own.has(subject)))(
  '%s is for administrators',
  async (subject) => {
    for (const role of ['learner', 'lecturer'] as const) {
      expect(await problemOf(subject, principal(role))).toMatchObject({ status: 403, code: 'forbidden' });
    }
    const weak = principal('admin', { via: 'token', scopes: ['read', 'sessions', 'labs'] });
    expect(await problemOf(subject, weak)).toMatchObject({ status: 403, code: 'forbidden' });
  },
);
