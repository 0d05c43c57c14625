import {
  AcceptInvitationRequest,
  ChangePasswordRequest,
  CreateUserRequest,
  DeleteUser,
  FindUserNames,
  GetUser,
  ImportUsersRequest,
  InviteUser,
  ListUsersRequest,
  RefreshSession,
  type RequestInputOf,
  UpdateUserRequest,
} from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { principal, runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

const asAdmin = { principal: principal('admin'), deadlineMs: 20_000 };
const password = 'a long enough password';
let auth: RunningAuthService;
beforeAll(async () => {
  auth = await runAuthService();
});
afterAll(() => auth.stop());

const create = (username: string, change: Partial<RequestInputOf<typeof CreateUserRequest>> = {}) =>
  auth.requests.call(CreateUserRequest, { username, displayName: username, role: 'learner', ...change }, asAdmin);
const tokenIn = (url = '') => url.split('#')[1] ?? '';
const eventsOf = async (userId: string) => {
  const rows = await auth.sql<{ type: string }>('SELECT type FROM outbox WHERE key = $1 ORDER BY position', [userId]);
  return rows.map(({ type }) => type);
};

describe('invitations', () => {
  it('set the first password, once', async () => {
    const { id, invitation } = await create('invited');
    expect(invitation?.url).toMatch(/^http:\/\/localhost:8080\/invitation#[\w-]{43}$/);
    const accept = (newPassword: string) =>
      auth.requests.call(
        AcceptInvitationRequest,
        { token: tokenIn(invitation?.url), password: newPassword },
        { deadlineMs: 20_000 },
      );
    await accept(password);
    expect(await auth.signIn('invited', password)).toHaveProperty('accessToken');
    await expect(accept('another long password')).rejects.toMatchObject({ status: 400, code: 'invalid_invitation' });
    expect(JSON.stringify(await auth.sql('SELECT * FROM invitations'))).not.toContain(tokenIn(invitation?.url));
    expect(await eventsOf(id)).toEqual(['user.created.v1']);
  });

  it('work a week, and the newest only', async () => {
    const { id, invitation } = await create('late');
    const { url } = await auth.requests.call(InviteUser, { userId: id }, asAdmin);
    const accept = (link?: string) =>
      auth.requests.call(AcceptInvitationRequest, { token: tokenIn(link), password }, { deadlineMs: 20_000 });
    await expect(accept(invitation?.url)).rejects.toMatchObject({ code: 'invalid_invitation' });
    await auth.sql(`UPDATE invitations SET expires_at = now() WHERE user_id = $1`, [id]);
    await expect(accept(url)).rejects.toMatchObject({ code: 'invalid_invitation' });
  });
});

describe('people', () => {
  it('have names of their own', async () => {
    await create('taken');
    await expect(create('taken')).rejects.toMatchObject({ status: 409, code: 'username_taken' });
  });

  it('who are disabled are out at once, on every way', async () => {
    const { id } = await create('disabled', { password });
    const { refreshToken } = await auth.signIn('disabled', password);
    await auth.requests.call(UpdateUserRequest, { userId: id, disabled: true }, asAdmin);
    await expect(auth.signIn('disabled', password)).rejects.toMatchObject({ status: 401, code: 'invalid_credentials' });
    await expect(auth.requests.call(RefreshSession, { refreshToken, address: '::1' })).rejects.toMatchObject({
      status: 401,
    });
    expect(await eventsOf(id)).toEqual(['user.created.v1', 'user.updated.v1', 'user.disabled.v1', 'user.signedout.v1']);
    await auth.requests.call(UpdateUserRequest, { userId: id, disabled: false }, asAdmin);
    expect(await auth.signIn('disabled', password)).toHaveProperty('accessToken');
  });

  it('who are deleted leave nothing but the event', async () => {
    const { id } = await create('deleted', { password });
    await auth.signIn('deleted', password);
    await auth.requests.call(DeleteUser, { userId: id }, asAdmin);
    await expect(auth.requests.call(GetUser, { userId: id }, asAdmin)).rejects.toMatchObject({ status: 404 });
    expect(await auth.sql('SELECT 1 FROM token_families WHERE user_id = $1', [id])).toEqual([]);
    expect(await eventsOf(id)).toEqual(['user.created.v1', 'user.deleted.v1']);
  });

  it('change their password with the old one; other browsers are signed out', async () => {
    const { id } = await create('changer', { password });
    const [here, elsewhere] = [await auth.signIn('changer', password), await auth.signIn('changer', password)];
    const [{ family_id: familyId } = { family_id: '' }] = await auth.sql<{ family_id: string }>(
      `SELECT family_id FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id WHERE user_id = $1 ORDER BY f.created_at LIMIT 1`,
      [id],
    );
    const as = { principal: principal('learner', { userId: id, username: 'changer', familyId }), deadlineMs: 20_000 };
    const change = (currentPassword: string) =>
      auth.requests.call(ChangePasswordRequest, { currentPassword, newPassword: 'another long password' }, as);
    await expect(change('wrong')).rejects.toMatchObject({
      status: 400,
      errors: [{ path: 'currentPassword', message: expect.any(String) }],
    });
    await change(password);
    const refresh = ({ refreshToken }: { refreshToken: string }) =>
      auth.requests.call(RefreshSession, { refreshToken, address: '::1' });
    expect(await refresh(here)).toHaveProperty('accessToken');
    await expect(refresh(elsewhere)).rejects.toMatchObject({ status: 401 });
    await expect(auth.signIn('changer', password)).rejects.toMatchObject({ status: 401 });
  });

  it('are found by exact name only', async () => {
    await create('findme');
    const find = async (username: string) => (await auth.requests.call(FindUserNames, { username })).users.length;
    expect([await find('findme'), await find('findm'), await find('nobody')]).toEqual([1, 0, 0]);
  });

  it.each(['username', '-username', 'displayName', 'createdAt', '-lastLoginAt'] as const)(
    'are listed page by page, by %s',
    async (sort) => {
      const all = await auth.requests.call(ListUsersRequest, { sort, limit: 200 }, asAdmin);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await auth.requests.call(ListUsersRequest, { sort, limit: 2, cursor }, asAdmin);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(all.items.map(({ id }) => id));
      expect(new Set(seen).size).toBe(seen.length);
    },
  );

  it('are searched, and a cursor of somewhere else is refused', async () => {
    const { items } = await auth.requests.call(ListUsersRequest, { search: 'FINDM', disabled: false }, asAdmin);
    expect(items.map(({ username }) => username)).toEqual(['findme']);
    expect((await auth.requests.call(ListUsersRequest, { search: '%' }, asAdmin)).items).toEqual([]);
    await expect(auth.requests.call(ListUsersRequest, { cursor: 'xyz' }, asAdmin)).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('the last administrator', () => {
  const adminId = async () =>
    (await auth.sql<{ id: string }>(`SELECT id FROM users WHERE username = 'admin'`))[0]?.id ?? '';

  it('stays: not disabled, not demoted, not deleted', async () => {
    const userId = await adminId();
    for (const change of [{ disabled: true }, { role: 'learner' as const }]) {
      await expect(auth.requests.call(UpdateUserRequest, { userId, ...change }, asAdmin)).rejects.toMatchObject({
        status: 409,
        code: 'last_admin',
      });
    }
    await expect(auth.requests.call(DeleteUser, { userId }, asAdmin)).rejects.toMatchObject({
      status: 409,
      code: 'last_admin',
    });
  });

  it('is one of two who demote each other at the same time', async () => {
    const [first, second] = [await adminId(), (await create('admin2', { role: 'admin' })).id];
    const outcomes = await Promise.allSettled(
      [first, second].map((userId) => auth.requests.call(UpdateUserRequest, { userId, role: 'learner' }, asAdmin)),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await auth.sql(`SELECT 1 FROM users WHERE role = 'admin'`)).toHaveLength(1);
  });
});

describe('import from CSV', () => {
  const run = (csv: string, dryRun = false) => auth.requests.call(ImportUsersRequest, { csv, dryRun }, asAdmin);
  const header = 'username,displayName,email,role\n';

  it('tells in a dry run what it would do', async () => {
    expect(await run(`${header}csv1,One,,learner\nfindme,Known,,learner\n`, true)).toEqual({
      created: 1,
      unchanged: 1,
      invitations: [],
      errors: [],
    });
    expect(await auth.sql(`SELECT 1 FROM users WHERE username = 'csv1'`)).toEqual([]);
  });

  it('adds who is new, with an invitation each, and may be repeated', async () => {
    const csv = `${header}csv1,One,,learner\ncsv2,Two,two@example.org,lecturer\n`;
    const { created, invitations } = await run(csv);
    expect([created, invitations.map(({ username }) => username)]).toEqual([2, ['csv1', 'csv2']]);
    expect(await run(csv)).toMatchObject({ created: 0, unchanged: 2, invitations: [] });
  });

  it('adds nobody while one line is wrong', async () => {
    expect(await run(`${header}csv3,Three,,learner\ncsv4,Four,,king\n`)).toMatchObject({
      created: 0,
      errors: [{ line: 3, field: 'role' }],
    });
    expect(await auth.sql(`SELECT 1 FROM users WHERE username = 'csv3'`)).toEqual([]);
  });
});
