import {
  CreateApiTokenRequest,
  CreateUserRequest,
  DeleteApiToken,
  ListApiTokens,
  UpdateUserRequest,
  VerifyApiToken,
} from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { principal, runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

let auth: RunningAuthService;
let userId: string;
beforeAll(async () => {
  auth = await runAuthService();
  const user = { username: 'learner1', displayName: 'Learner', role: 'learner' } as const;
  userId = (await auth.requests.call(CreateUserRequest, user, { principal: principal('admin') })).id;
});
afterAll(() => auth.stop());

const as = (change: object = {}) => ({ principal: principal('learner', { userId, ...change }) });
const create = (scopes: Array<'read' | 'sessions' | 'admin'> = ['read']) =>
  auth.requests.call(CreateApiTokenRequest, { name: 'script', scopes }, as());
const verify = (token: string) => auth.requests.call(VerifyApiToken, { token });

it('speaks for its user within its scopes, and is stored as a hash', async () => {
  const { token } = await create(['read', 'sessions']);
  expect(token).toMatch(/^lab_[\w-]{43}$/);
  expect(await verify(token)).toMatchObject({ userId, role: 'learner', via: 'token', scopes: ['read', 'sessions'] });
  expect(JSON.stringify(await auth.sql('SELECT * FROM api_tokens'))).not.toContain(token);
});

it('is shown once', async () => {
  const { items } = await auth.requests.call(ListApiTokens, {}, as());
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect(item).not.toHaveProperty('token');
});

it('cannot make a token that may do more', async () => {
  const viaToken = as({ via: 'token', scopes: ['admin', 'read'] });
  await expect(
    auth.requests.call(CreateApiTokenRequest, { name: 'x', scopes: ['labs'] }, viaToken),
  ).rejects.toMatchObject({ status: 403 });
  expect(await auth.requests.call(CreateApiTokenRequest, { name: 'x', scopes: ['read'] }, viaToken)).toHaveProperty(
    'token',
  );
});

it('ends by time, by deletion and with its user', async () => {
  const [expired, deleted, disabled] = [await create(), await create(), await create()];
  await auth.sql('UPDATE api_tokens SET expires_at = now() WHERE id = $1', [expired.id]);
  await expect(verify(expired.token)).rejects.toMatchObject({ status: 401 });
  await auth.requests.call(DeleteApiToken, { tokenId: deleted.id }, as());
  await expect(verify(deleted.token)).rejects.toMatchObject({ status: 401 });
  await auth.requests.call(UpdateUserRequest, { userId, disabled: true }, { principal: principal('admin') });
  await expect(verify(disabled.token)).rejects.toMatchObject({ status: 401 });
  await expect(verify('lab_unknown')).rejects.toMatchObject({ status: 401 });
});

it('belongs to its owner alone', async () => {
  const foreign = { principal: principal('admin') };
  const [{ id } = { id: '' }] = await auth.sql<{ id: string }>(
    `INSERT INTO api_tokens (user_id, name, hash, scopes, expires_at) VALUES ($1, 'mine', 'h', '{read}', now() + interval '1 day') RETURNING id`,
    [userId],
  );
  await expect(auth.requests.call(DeleteApiToken, { tokenId: id }, foreign)).rejects.toMatchObject({ status: 404 });
});
