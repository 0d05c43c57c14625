import { z } from 'zod';
import { Role } from '../messaging/principal.js';
import { Instant, Paging, QueryFlag } from './paging.js';
import { freeText } from './free-text.js';

export const Username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'expected 2 to 64 lower-case letters, digits or . _ @ -');
export const NewPassword = z.string().min(12, 'expected at least 12 characters').max(1024);
const profile = { displayName: freeText(120).trim().min(1), email: z.email().max(254) };
const preferences = z.strictObject({
  language: z.enum(['en', 'de']).optional(),
  theme: z.enum(['light', 'dark', 'system']).optional(),
});

export const User = z.strictObject({
  id: z.uuid(),
  username: Username,
  displayName: z.string(),
  email: z.string().optional(),
  role: Role,
  disabled: z.boolean(),
  preferences,
  createdAt: Instant,
  lastLoginAt: Instant.optional(),
});
export type User = z.infer<typeof User>;

export const CreateUser = z.strictObject({
  username: Username,
  displayName: profile.displayName,
  email: profile.email.optional(),
  role: Role,
  password: NewPassword.optional(),
});
/** A link with which a person sets a password; works once, shown once. */
export const Invitation = z.strictObject({ url: z.string(), expiresAt: Instant });
/** Without a password the answer carries an invitation. */
export const CreatedUser = User.extend({ invitation: Invitation.optional() });
export const UpdateUser = z.strictObject({
  displayName: profile.displayName.optional(),
  email: profile.email.nullable().optional(),
  role: Role.optional(),
  disabled: z.boolean().optional(),
});
export const UpdateMe = z.strictObject({
  displayName: profile.displayName.optional(),
  email: profile.email.nullable().optional(),
  preferences: preferences.optional(),
});
export const ChangePassword = z.strictObject({
  currentPassword: z.string().min(1).max(1024),
  newPassword: NewPassword,
});
export const AcceptInvitation = z.strictObject({ token: z.string().min(20).max(200), password: NewPassword });

export const ListUsers = Paging.extend({
  search: freeText(100).optional(),
  role: Role.optional(),
  disabled: QueryFlag.optional(),
  sort: z
    .enum([
      'username',
      '-username',
      'displayName',
      '-displayName',
      'createdAt',
      '-createdAt',
      'lastLoginAt',
      '-lastLoginAt',
    ])
    .default('username'),
});

export const ImportUsers = z.strictObject({
  csv: z.string().min(1).max(1_000_000),
  dryRun: z.boolean().default(false),
});
export const ImportedUsers = z.strictObject({
  created: z.int(),
  unchanged: z.int(),
  invitations: z.array(z.strictObject({ username: z.string(), url: z.string() })),
  errors: z.array(z.strictObject({ line: z.int(), field: z.string().optional(), message: z.string() })),
});

export const tokenScopes = ['read', 'sessions', 'labs', 'admin'] as const;
export const CreateApiToken = z.strictObject({
  name: freeText(80).trim().min(1),
  scopes: z.array(z.enum(tokenScopes)).min(1),
  expiresInDays: z.int().min(1).max(365).default(90),
});
export const ApiToken = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.optional(),
});
export type ApiToken = z.infer<typeof ApiToken>;
/** `token` is shown this once; only its hash is kept. */
export const CreatedApiToken = ApiToken.extend({ token: z.string() });

export const AuditEntry = z.strictObject({
  id: z.uuid(),
  at: Instant,
  actorId: z.uuid().optional(),
  actorName: z.string().optional(),
  action: z.string(),
  target: z.string().optional(),
  outcome: z.enum(['ok', 'refused', 'failed']),
  address: z.string().optional(),
  requestId: z.string().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const ListAudit = Paging.extend({
  actorId: z.uuid().optional(),
  action: freeText(100).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
});
