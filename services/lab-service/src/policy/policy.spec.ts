import { describe, expect, it } from 'vitest';
import { allowImage, allowImport, allowLab, allowQuota, allowSession, mayLab, maySession } from './allow.js';
import type { LabAction, SessionAction } from './policy.js';

const me = 'me';
const callers = {
  admin: { userId: me, role: 'admin' },
  lecturer: { userId: me, role: 'lecturer' },
  learner: { userId: me, role: 'learner' },
} as const;
const labActions: LabAction[] = ['read', 'start', 'change'];
const sessionActions: SessionAction[] = [
  'read',
  'view',
  'control',
  'readCredentials',
  'readLog',
  'operate',
  'linkPeople',
  'overrule',
];
const every = sessionActions.slice(0, -1).join(' ');

describe('labs', () => {
  it.each([
    ['learner', 'other', 'private', ''],
    ['learner', 'other', 'course', ''],
    ['learner', 'other', 'public', 'read start'],
    ['learner', 'me', 'private', ''],
    ['lecturer', 'other', 'private', ''],
    ['lecturer', 'other', 'course', 'read start'],
    ['lecturer', 'other', 'public', 'read start'],
    ['lecturer', 'me', 'private', 'read start change'],
    ['admin', 'other', 'private', 'read start change'],
  ] as const)('%s, lab of %s, %s: %s', (role, ownerId, visibility, expected) => {
    expect(labActions.filter((action) => mayLab(callers[role], action, { ownerId, visibility })).join(' ')).toBe(
      expected,
    );
  });
});

describe('sessions', () => {
  it.each([
    ['learner', { ownerId: 'other', labOwnerId: 'other' }, ''],
    ['learner', { ownerId: 'me', labOwnerId: 'other' }, every],
    ['learner', { ownerId: 'other', labOwnerId: 'me' }, ''],
    ['learner', { ownerId: 'other', labOwnerId: 'other', memberRole: 'operator' }, 'read view control readCredentials'],
    ['learner', { ownerId: 'other', labOwnerId: 'other', memberRole: 'viewer' }, 'read view readCredentials'],
    ['lecturer', { ownerId: 'other', labOwnerId: 'other' }, ''],
    ['lecturer', { ownerId: 'other', labOwnerId: 'me' }, `${every} overrule`],
    ['lecturer', { ownerId: 'me', labOwnerId: 'other' }, every],
    ['admin', { ownerId: 'other', labOwnerId: 'other' }, `${every} overrule`],
  ] as const)('%s, %j: %s', (role, session, expected) => {
    expect(sessionActions.filter((action) => maySession(callers[role], action, session)).join(' ')).toBe(expected);
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
  it.each([
    [
      'what cannot be seen does not exist',
      404,
      () => allowLab(callers.learner, 'change', { ownerId: 'x', visibility: 'private' }),
    ],
    [
      'what can be seen is forbidden',
      403,
      () => allowLab(callers.learner, 'change', { ownerId: 'x', visibility: 'public' }),
    ],
    ['a foreign session', 404, () => allowSession(callers.lecturer, 'operate', { ownerId: 'x', labOwnerId: 'x' })],
    [
      'a viewer who types',
      403,
      () => allowSession(callers.learner, 'control', { ownerId: 'x', labOwnerId: 'x', memberRole: 'viewer' }),
    ],
    ['a learner who imports', 403, () => allowImport(callers.learner)],
    ['a lecturer who imports', 200, () => allowImport(callers.lecturer)],
    ['a learner at the image list', 403, () => allowImage(callers.learner, 'read')],
    ['a lecturer at the image list', 200, () => allowImage(callers.lecturer, 'add')],
    ['a lecturer at an image of the platform', 403, () => allowImage(callers.lecturer, 'change', { ownerId: null })],
    ['a lecturer at their own image', 200, () => allowImage(callers.lecturer, 'change', { ownerId: me })],
    ['a lecturer at the quotas', 403, () => allowQuota(callers.lecturer, 'read')],
    ['an admin at the quotas', 200, () => allowQuota(callers.admin, 'change')],
  ] as const)('%s: %i', (_, expected, work) => {
    expect(status(work)).toBe(expected);
  });
});
