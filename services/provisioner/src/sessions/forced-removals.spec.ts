import { type ForcedRemoval, type LabRuntime, RuntimeError } from '@lab-orchestrator/lab-runtime';
import type { RequestClient, RequestContext } from '@lab-orchestrator/platform';
import { describe, expect, it } from 'vitest';
import type { WakeQueue } from '../queues/wake.queue.js';
import { ForcedRemovals } from './forced-removals.js';

const sessionId = '019f0000-0000-7000-8000-000000000001';
const held = { kind: 'ConfigMap', name: 'held', finalizers: ['example.com/never'] };
const asking = (role: 'admin' | 'lecturer' | 'learner') =>
  ({
    caller: { userId: 'u1', username: 'ada', role, via: 'session' },
    correlationId: 'r1',
  }) as unknown as RequestContext;

/** The order of what happens: a runtime that stands in, an audit log that may be away, a queue. */
function removals({ auditAway = false, runtime = {} }: { auditAway?: boolean; runtime?: Partial<LabRuntime> } = {}) {
  const steps: unknown[] = [];
  const forceRemove: LabRuntime['forceRemove'] = async (_, audit) => {
    await audit(held);
    steps.push('taken');
    return { taken: [held], left: [] } satisfies ForcedRemoval;
  };
  const call = async (_: unknown, entry: unknown) => {
    if (auditAway) throw new Error('the audit log is away');
    steps.push(entry);
  };
  const forced = new ForcedRemovals(
    { forceRemove, ...runtime } as unknown as LabRuntime,
    { call } as unknown as RequestClient,
    { session: async () => void steps.push('woken') } as unknown as WakeQueue,
  );
  return { forced, steps };
}

describe('a forced removal', () => {
  it('writes who takes which finalizers from what before it does, and looks at the session again', async () => {
    const { forced, steps } = removals();
    expect(await forced.force(asking('admin'), sessionId)).toEqual({ taken: [held], left: [] });
    const entry = {
      actorId: 'u1',
      actorName: 'ada',
      action: 'takeFinalizers',
      target: `sessions/${sessionId}/ConfigMap/held`,
      outcome: 'ok',
      requestId: 'r1',
      detail: { finalizers: ['example.com/never'] },
    };
    expect(steps).toMatchObject([entry, 'taken', 'woken']);
  });

  it('takes nothing that cannot be written down', async () => {
    const { forced, steps } = removals({ auditAway: true });
    await expect(forced.force(asking('admin'), sessionId)).rejects.toThrow('the audit log is away');
    expect(steps).toEqual([]);
  });

  const notHeld = () => Promise.reject(new RuntimeError('invalid_spec', 'Nothing holds it.', false));
  it.each([
    ['a learner', 'learner', {}, { status: 403, code: 'forbidden' }],
    ['a lecturer', 'lecturer', {}, { status: 403, code: 'forbidden' }],
    ['anybody of what nothing holds', 'admin', { forceRemove: notHeld }, { status: 409, code: 'removal_not_held' }],
    ['where nothing can be held', 'admin', { forceRemove: undefined }, { status: 409, code: 'not_possible_here' }],
  ] as const)('is refused to %s', async (_, role, runtime, expected) => {
    const { forced, steps } = removals({ runtime });
    await expect(forced.force(asking(role), sessionId)).rejects.toMatchObject(expected);
    expect(steps).toEqual([]);
  });
});
