import { z } from 'zod';
import { AccessToken, Login } from '../http/auth.js';
import { Nothing, pageOf } from '../http/paging.js';
import * as users from '../http/users.js';
import { defineRoute } from './route.js';

const userId = z.strictObject({ userId: z.uuid() });
const auth = { tag: 'Sign in' } as const;
const me = { tag: 'Your account', audience: 'user' } as const;
const people = { tag: 'People', audience: 'admin', scope: 'admin' } as const;

export const accountRoutes = {
  login: defineRoute('POST', '/auth/login', {
    ...auth,
    audience: 'public',
    summary: 'Sign in; sets the refresh cookie',
    body: Login,
    reply: AccessToken,
  }),
  refresh: defineRoute('POST', '/auth/refresh', {
    ...auth,
    audience: 'public',
    summary: 'A new access token for the refresh cookie',
    reply: AccessToken,
  }),
  logout: defineRoute('POST', '/auth/logout', {
    ...auth,
    audience: 'public',
    summary: 'Sign out here',
    reply: Nothing,
  }),
  acceptInvitation: defineRoute('POST', '/auth/invitation', {
    ...auth,
    audience: 'public',
    summary: 'Set the first password with an invitation',
    body: users.AcceptInvitation,
    reply: Nothing,
  }),
  me: defineRoute('GET', '/users/me', { ...me, summary: 'Who you are', reply: users.User }),
  updateMe: defineRoute('PATCH', '/users/me', {
    ...me,
    summary: 'Change your name, address or preferences',
    body: users.UpdateMe,
    reply: users.User,
    scope: 'admin',
  }),
  changePassword: defineRoute('POST', '/users/me/password', {
    ...me,
    summary: 'Change your password; ends your other sessions',
    body: users.ChangePassword,
    reply: Nothing,
    scope: 'admin',
  }),
  listTokens: defineRoute('GET', '/users/me/tokens', {
    ...me,
    summary: 'Your API tokens',
    reply: z.strictObject({ items: z.array(users.ApiToken) }),
  }),
  createToken: defineRoute('POST', '/users/me/tokens', {
    ...me,
    summary: 'Create an API token; its text is shown this once',
    status: 201,
    body: users.CreateApiToken,
    reply: users.CreatedApiToken,
    scope: 'admin',
  }),
  deleteToken: defineRoute('DELETE', '/users/me/tokens/{tokenId}', {
    ...me,
    summary: 'Revoke an API token',
    params: z.strictObject({ tokenId: z.uuid() }),
    reply: Nothing,
    scope: 'admin',
  }),
  listUsers: defineRoute('GET', '/users', {
    ...people,
    summary: 'People',
    query: users.ListUsers,
    reply: pageOf(users.User),
  }),
  createUser: defineRoute('POST', '/users', {
    ...people,
    summary: 'Add a person',
    status: 201,
    body: users.CreateUser,
    reply: users.CreatedUser,
  }),
  importUsers: defineRoute('POST', '/users/import', {
    ...people,
    summary: 'Add people from CSV',
    body: users.ImportUsers,
    reply: users.ImportedUsers,
  }),
  /** Any signed-in user may look up one exact username, to link a person to a session. */
  findUser: defineRoute('GET', '/users/lookup', {
    tag: 'People',
    audience: 'user',
    summary: 'Find one person by exact username',
    query: z.strictObject({ username: users.Username }),
    reply: z.strictObject({ id: z.uuid(), username: z.string(), displayName: z.string() }),
  }),
  getUser: defineRoute('GET', '/users/{userId}', {
    ...people,
    summary: 'One person',
    params: userId,
    reply: users.User,
  }),
  updateUser: defineRoute('PATCH', '/users/{userId}', {
    ...people,
    summary: 'Change role, name, or disable',
    params: userId,
    body: users.UpdateUser,
    reply: users.User,
  }),
  inviteUser: defineRoute('POST', '/users/{userId}/invitation', {
    ...people,
    summary: 'A new invitation link, also for a forgotten password',
    status: 201,
    params: userId,
    reply: users.Invitation,
  }),
  deleteUser: defineRoute('DELETE', '/users/{userId}', {
    ...people,
    summary: 'Delete a person',
    params: userId,
    reply: Nothing,
  }),
  listAudit: defineRoute('GET', '/audit', {
    tag: 'Operation',
    audience: 'admin',
    scope: 'admin',
    summary: 'Who did what',
    query: users.ListAudit,
    reply: pageOf(users.AuditEntry),
  }),
} as const;
