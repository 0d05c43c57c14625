// @vitest-environment node
import type { Session } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { effectsOf } from './event-effects.js';

const session: Session = {
  id: 's1',
  lab: { id: 'l1', version: 1, title: 'Lab', slug: 'lab' },
  ownerId: 'u1',
  ownerName: 'Owner',
  desired: 'running',
  phase: 'provisioning',
  systems: [
    { name: 'a', title: 'A', kind: 'container', stage: 'boot', state: 'starting', access: [], hasCredentials: false },
    {
      name: 'b',
      title: 'B',
      kind: 'vm',
      stage: 'image',
      state: 'starting',
      percent: 10,
      access: [],
      hasCredentials: false,
    },
  ],
  createdAt: '2026-01-01T10:00:00.000Z',
  deadlineAt: '2026-01-01T12:00:00.000Z',
  extensionsLeft: 2,
  extendByS: 1800,
  canPause: true,
  pauseLoses: [],
  generation: 3,
  role: 'owner',
};
const patched = (type: string, data: Record<string, unknown>) =>
  effectsOf({ type, data: { sessionId: 's1', generation: 3, ...data } }).patch?.change(session);

describe('effectsOf', () => {
  it('makes one system usable the moment it is ready, and leaves the others', () => {
    const systems = [{ name: 'a', state: 'ready', stage: 'ready' }];
    expect(patched('lab.progressed.v1', { systems })?.systems).toMatchObject([
      { name: 'a', title: 'A', state: 'ready', stage: 'ready' },
      { name: 'b', state: 'starting', percent: 10 },
    ]);
  });

  it('asks the server for nothing when only the progress moved', () => {
    expect(effectsOf({ type: 'lab.progressed.v1', data: { sessionId: 's1', systems: [] } }).invalidate).toEqual([]);
  });

  it('takes phase and deadline from the event', () => {
    expect(patched('lab.changed.v1', { phase: 'ready', desired: 'running' })?.phase).toBe('ready');
    expect(patched('lab.extended.v1', { deadlineAt: '2026-01-01T12:30:00.000Z', extensionsLeft: 1 })).toMatchObject({
      deadlineAt: '2026-01-01T12:30:00.000Z',
      extensionsLeft: 1,
      phase: 'provisioning',
    });
  });

  it('does not turn the clock back by late news', () => {
    expect(patched('lab.changed.v1', { phase: 'requested', desired: 'running', generation: 2 })).toBe(session);
  });

  it('reads everything again after a gap', () => {
    expect(effectsOf({ type: 'reset', data: {} }).invalidate).toEqual([[]]);
  });

  it('reads the session and the lists again when its phase changed', () => {
    const { invalidate } = effectsOf({ type: 'lab.failed.v1', data: { sessionId: 's1', generation: 3 } });
    expect(invalidate.map((key) => key[0])).toEqual(['session', 'instructions', 'sessions', 'labs']);
  });

  it.each([
    ['ready', [['instructions', 's1', 'page']]],
    ['starting', []],
  ])('reads the pages again when a system is %s: its address may stand in them', (state, expected) => {
    const systems = [{ name: 'server', state }];
    const { invalidate } = effectsOf({ type: 'lab.progressed.v1', data: { sessionId: 's1', generation: 3, systems } });
    expect(invalidate).toEqual(expected);
  });

  it.each(['step.completed.v1', 'step.reopened.v1', 'check.failed.v1', 'instruction.completed.v1'])(
    'reads the steps again after %s, and leaves the pages as they are',
    (type) => {
      const { invalidate, patch } = effectsOf({ type, data: { sessionId: 's1', stepId: 'ping' } });
      expect(invalidate).toEqual([['instructions', 's1', 'overview'], ['progress']]);
      expect(patch).toBeUndefined();
    },
  );
});
