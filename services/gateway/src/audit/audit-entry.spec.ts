import { type Route, routes } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { auditEntryOf, isAudited } from './audit-entry.js';

const principal = {
  userId: '00000000-0000-4000-8000-000000000001',
  username: 'ada',
  displayName: 'Ada',
  role: 'learner',
  via: 'session',
} as const;
const answered = (name: string, route: Route, change: object = {}) =>
  auditEntryOf(
    { state: { name, route, principal }, params: {}, status: 200, address: '192.0.2.1', requestId: 'r1', ...change },
    new Date('2026-01-01T00:00:00Z'),
  );

describe('audit entries', () => {
  it('name actor, action and target', () => {
    const params = { sessionId: 's1', userId: 'u1' };
    expect(answered('putMember', routes.putMember, { params })).toEqual({
      id: expect.any(String),
      at: '2026-01-01T00:00:00.000Z',
      actorId: principal.userId,
      actorName: 'ada',
      action: 'putMember',
      target: 'sessions/s1/members/u1',
      outcome: 'ok',
      address: '192.0.2.1',
      requestId: 'r1',
      detail: { status: 200, via: 'session' },
    });
  });

  it('name what was created', () => {
    const state = { name: 'startSession', route: routes.startSession, createdId: 's9' };
    expect(answered('', routes.startSession, { state })).toMatchObject({ target: 'sessions/s9' });
  });

  it.each([
    [202, 'ok'],
    [403, 'refused'],
    [500, 'failed'],
    [503, 'failed'],
  ])('say how it ended: %i is %s', (status, outcome) => {
    expect(answered('endSession', routes.endSession, { status }).outcome).toBe(outcome);
  });

  it('are written for everything that may change something, and for passwords shown', () => {
    const audited = Object.entries(routes).filter(([name, route]) => isAudited({ name, route }));
    expect(audited.map(([name]) => name)).toContain('getCredentials');
    const others = Object.values(routes).filter((route) => !audited.some(([, other]) => other === route));
    expect(new Set(others.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});
