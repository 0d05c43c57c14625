import { apiToken, auditEntry, ids, invitation, user } from './sample-objects.js';

const password = 'a long enough password';
const accessToken = { accessToken: 'eyJhbGciOiJFZERTQSIs…', expiresInS: 600 };

export const accountExamples = {
  login: { body: { username: user.username, password }, reply: accessToken },
  refresh: { reply: accessToken },
  logout: { reply: {} },
  acceptInvitation: { body: { token: 'q7WnX2v9Lk4TzB0sPq1RmA', password }, reply: {} },
  me: { reply: user },
  updateMe: { body: { displayName: user.displayName, preferences: { theme: 'dark' } }, reply: user },
  changePassword: { body: { currentPassword: 'the old password', newPassword: password }, reply: {} },
  listTokens: { reply: { items: [apiToken] } },
  createToken: {
    body: { name: apiToken.name, scopes: apiToken.scopes, expiresInDays: 90 },
    reply: { ...apiToken, token: 'lab_3fGh…' },
  },
  deleteToken: { reply: {} },
  listUsers: { reply: { items: [user], nextCursor: 'WyJzdHVkZW50MDEi…' } },
  createUser: {
    body: { username: user.username, displayName: user.displayName, role: user.role },
    reply: { ...user, invitation },
  },
  importUsers: {
    body: { csv: 'username,displayName,email,role\nstudent01,Student 01,,learner\n', dryRun: true },
    reply: { created: 1, unchanged: 0, invitations: [], errors: [] },
  },
  findUser: { reply: { id: ids.user, username: user.username, displayName: user.displayName } },
  getUser: { reply: user },
  updateUser: { body: { role: 'lecturer' }, reply: { ...user, role: 'lecturer' } },
  inviteUser: { reply: invitation },
  deleteUser: { reply: {} },
  listAudit: { reply: { items: [auditEntry] } },
} as const;
