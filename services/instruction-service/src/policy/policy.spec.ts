import { describe, expect, it } from 'vitest';
import { allowOverview, allowSession, maySession } from './allow.js';
import type { SessionAction } from './policy.js';

const me = 'me';
const callers = {
  admin: { userId: me, role: 'admin' },
  lecturer: { userId: me, role: 'lecturer' },
  learner: { userId: me, role: 'learner' },
} as const;
const actions: SessionAction[] = ['read', 'readSecrets', 'act', 'readProgress', 'reopen', 'readOutput'];
const own = 'read readSecrets act readProgress';
const staff = 'read readProgress reopen readOutput';

describe('sessions', () => {
  it.each([
    ['learner', { ownerId: 'other', labOwnerId: 'other' }, ''],
    ['learner', { ownerId: me, labOwnerId: 'other' }, own],
    ['learner', { ownerId: 'other', labOwnerId: me }, ''],
    ['learner', { ownerId: 'other', labOwnerId: 'other', memberRole: 'operator' }, 'read readSecrets act'],
    ['learner', { ownerId: 'other', labOwnerId: 'other', memberRole: 'viewer' }, 'read readSecrets'],
    ['lecturer', { ownerId: 'other', labOwnerId: 'other' }, ''],
    ['lecturer', { ownerId: 'other', labOwnerId: me }, staff],
    ['lecturer', { ownerId: me, labOwnerId: 'other' }, own],
    ['lecturer', { ownerId: me, labOwnerId: me }, actions.join(' ')],
    ['admin', { ownerId: 'other', labOwnerId: 'other' }, staff],
  ] as const)('%s, %j: %s', (role, session, expected) => {
    expect(actions.filter((action) => maySession(callers[role], action, session)).join(' ')).toBe(expected);
  });
});

describe('refusals', () => {
  const status = (work: () => void) => {
    try {
      work();
      return 200;
    } catch (error) {
      return Reflect.get(Object(error), 'status') as number;
    }
  };
  const foreign = { ownerId: 'x', labOwnerId: 'x' };
  it.each([
    ['a foreign session does not exist', 404, () => allowSession(callers.lecturer, 'read', foreign)],
    ['not even for what nobody may do', 404, () => allowSession(callers.learner, 'reopen', foreign)],
    ['a viewer who ticks', 403, () => allowSession(callers.learner, 'act', { ...foreign, memberRole: 'viewer' })],
    ['staff who ticks', 403, () => allowSession(callers.admin, 'act', foreign)],
    ['an owner who reopens', 403, () => allowSession(callers.learner, 'reopen', { ...foreign, ownerId: me })],
    ['a learner at the overview', 403, () => allowOverview(callers.learner)],
    ['a lecturer at the overview', 200, () => allowOverview(callers.lecturer)],
  ] as const)('%s: %i', (_, expected, work) => {
    expect(status(work)).toBe(expected);
  });
});
