import { z } from 'zod';
import { AccessToken, Jwks, Login } from '../http/auth.js';
import { Nothing, pageOf } from '../http/paging.js';
import * as users from '../http/users.js';
import { Principal } from '../messaging/principal.js';
import { defineRequest } from '../messaging/request.js';

/** What the browser's cookie gets besides the access token; never part of an HTTP body. */
const SignedIn = AccessToken.extend({ refreshToken: z.string(), refreshExpiresInS: z.int().positive() });
const client = { address: z.string(), userAgent: z.string().max(512).optional() };
const byId = { userId: z.uuid() };

export const SignIn = defineRequest('auth.sessions.signIn', { request: Login.extend(client), reply: SignedIn });
export const RefreshSession = defineRequest('auth.sessions.refresh', {
  request: z.strictObject({ refreshToken: z.string(), ...client }),
  reply: SignedIn,
});
export const SignOut = defineRequest('auth.sessions.signOut', {
  request: z.strictObject({ refreshToken: z.string() }),
  reply: Nothing,
});
export const ListKeys = defineRequest('auth.keys.list', { request: Nothing, reply: Jwks });
/** Who an API token speaks for; 401 when it is unknown, expired, or its user is disabled. */
export const VerifyApiToken = defineRequest('auth.tokens.verify', {
  request: z.strictObject({ token: z.string() }),
  reply: Principal,
});

export const GetMe = defineRequest('auth.users.me', { request: Nothing, reply: users.User });
export const UpdateMeRequest = defineRequest('auth.users.updateMe', { request: users.UpdateMe, reply: users.User });
export const ChangePasswordRequest = defineRequest('auth.users.changePassword', {
  request: users.ChangePassword,
  reply: Nothing,
});
export const AcceptInvitationRequest = defineRequest('auth.users.acceptInvitation', {
  request: users.AcceptInvitation,
  reply: Nothing,
});
export const ListUsersRequest = defineRequest('auth.users.list', {
  request: users.ListUsers,
  reply: pageOf(users.User),
});
export const CreateUserRequest = defineRequest('auth.users.create', {
  request: users.CreateUser,
  reply: users.CreatedUser,
});
export const GetUser = defineRequest('auth.users.get', { request: z.strictObject(byId), reply: users.User });
export const UpdateUserRequest = defineRequest('auth.users.update', {
  request: users.UpdateUser.extend(byId),
  reply: users.User,
});
/** A new link, for a lost invitation or a forgotten password; earlier links stop working. */
export const InviteUser = defineRequest('auth.users.invite', {
  request: z.strictObject(byId),
  reply: users.Invitation,
});
export const DeleteUser = defineRequest('auth.users.delete', { request: z.strictObject(byId), reply: Nothing });
export const ImportUsersRequest = defineRequest('auth.users.import', {
  request: users.ImportUsers,
  reply: users.ImportedUsers,
});
/** Display names for ids or one exact username, for linking people; answers only what exists. */
export const FindUserNames = defineRequest('auth.users.names', {
  request: z.strictObject({ userIds: z.array(z.uuid()).max(200).default([]), username: users.Username.optional() }),
  reply: z.strictObject({
    users: z.array(z.strictObject({ id: z.uuid(), username: z.string(), displayName: z.string() })),
  }),
});

export const ListApiTokens = defineRequest('auth.tokens.list', {
  request: Nothing,
  reply: z.strictObject({ items: z.array(users.ApiToken) }),
});
export const CreateApiTokenRequest = defineRequest('auth.tokens.create', {
  request: users.CreateApiToken,
  reply: users.CreatedApiToken,
});
export const DeleteApiToken = defineRequest('auth.tokens.delete', {
  request: z.strictObject({ tokenId: z.uuid() }),
  reply: Nothing,
});

export const ListAuditRequest = defineRequest('auth.audit.list', {
  request: users.ListAudit,
  reply: pageOf(users.AuditEntry),
});
/** One row per mutating call, written by the gateway after the answer; the id makes repeats harmless. */
export const RecordAudit = defineRequest('auth.audit.record', { request: users.AuditEntry, reply: Nothing });

export const authRequests = [
  SignIn,
  RefreshSession,
  SignOut,
  ListKeys,
  VerifyApiToken,
  GetMe,
  UpdateMeRequest,
  ChangePasswordRequest,
  AcceptInvitationRequest,
  ListUsersRequest,
  CreateUserRequest,
  GetUser,
  UpdateUserRequest,
  InviteUser,
  DeleteUser,
  ImportUsersRequest,
  FindUserNames,
  ListApiTokens,
  CreateApiTokenRequest,
  DeleteApiToken,
  ListAuditRequest,
  RecordAudit,
] as const;
