import type { SessionSpec } from '@lab-orchestrator/contracts';
import { type LabRuntime, type Removal, RuntimeError } from '@lab-orchestrator/lab-runtime';
import type { EventPublisher } from '@lab-orchestrator/platform';
import { describe, expect, it, vi } from 'vitest';
import { reconcileIntervals } from './reconcile-intervals.js';
import { type DesiredSession, SessionReconciler } from './session.reconciler.js';
import { SessionReporter } from './session.reporter.js';
import type { Retries } from './retries.js';

const sessionId = '019f0000-0000-7000-8000-000000000001';
const spec: SessionSpec = { sessionId, generation: 3, networks: [], systems: [] };
const wanted = { sessionId, generation: 3, desired: 'ready', phase: 'provisioning', spec } as unknown as DesiredSession;

/** A runtime that answers a start with this error. */
function reconcilerOf(error: Error) {
  const runtime = { apply: vi.fn<LabRuntime['apply']>().mockRejectedValue(error) } as unknown as LabRuntime;
  const failed = vi.fn<SessionReporter['failed']>().mockResolvedValue(undefined);
  const overtaken = { inc: vi.fn() };
  const reporter = { failed } as unknown as SessionReporter;
  const reconciler = new SessionReconciler(runtime, reporter, {} as Retries, reconcileIntervals, overtaken, {
    inc: vi.fn(),
  });
  return { reconciler, failed, overtaken };
}

describe('a start that cannot go on', () => {
  it('asks anew what is wanted when a later wish overtook it, counts that, and fails nobody', async () => {
    const { reconciler, failed, overtaken } = reconcilerOf(new RuntimeError('stale_generation', 'a later one', false));
    expect(await reconciler.reconcile(wanted)).toEqual({ retryInMs: reconcileIntervals.startingMs });
    expect(overtaken.inc).toHaveBeenCalledOnce();
    expect(failed).not.toHaveBeenCalled();
  });

  it('fails the session when the runtime will never take it', async () => {
    const { reconciler, failed, overtaken } = reconcilerOf(new RuntimeError('unsupported', 'not here', false));
    expect(await reconciler.reconcile(wanted)).toEqual({ done: true });
    expect(failed).toHaveBeenCalledOnce();
    expect(overtaken.inc).not.toHaveBeenCalled();
  });

  it('is tried again by the queue when it may work later', async () => {
    const error = new RuntimeError('unreachable', 'later', true);
    await expect(reconcilerOf(error).reconciler.reconcile(wanted)).rejects.toBe(error);
  });
});

describe('a pause', () => {
  const observe = async () => ({ sessionId, systems: [] });

  it.each([
    ['pausing', undefined, false],
    ['pausing', 'hibernate', true],
    ['paused', undefined, false],
    ['paused', 'hibernate', true],
  ] as const)(
    'of a session that is %s is wished of the runtime as its lab says: %s',
    async (phase, pause, hibernate) => {
      const paused = vi.fn<LabRuntime['pause']>().mockResolvedValue(undefined);
      const reported: string[] = [];
      const reporter = {
        progressed: async () => void reported.push('progressed'),
        paused: async () => void reported.push('paused'),
      } as unknown as SessionReporter;
      const runtime = { pause: paused, observe } as unknown as LabRuntime;
      const counter = { inc: vi.fn() };
      const reconciler = new SessionReconciler(runtime, reporter, {} as Retries, reconcileIntervals, counter, counter);
      expect(await reconciler.reconcile({ ...wanted, phase, spec: { ...spec, pause } })).toEqual({ done: true });
      expect(paused).toHaveBeenCalledExactlyOnceWith(sessionId, { hibernate });
      expect(reported).toEqual(phase === 'paused' ? [] : ['progressed', 'paused']);
    },
  );
});

describe('a removal that does not end', () => {
  const ending: DesiredSession = { sessionId, generation: 4, desired: 'ended', phase: 'ending', endReason: 'user' };
  const heldSince = new Date('2026-01-01T10:00:00Z');
  const holders = ['ConfigMap/held is held by example.com/never'];
  const held = { since: heldSince.toISOString(), holders };

  /** A runtime whose removal comes to each of these in turn, and the events that were published. */
  function removing(...removals: Removal[]) {
    const runtime = { remove: async () => removals.shift() ?? { gone: true, remaining: [] } } as unknown as LabRuntime;
    const published: { type: string; data: unknown; id: string }[] = [];
    let job = 0;
    const publish: EventPublisher['publish'] = async ({ type }, data, { id }) =>
      void published.push({ type, data, id });
    const reporter = new SessionReporter({ publish }, () => `job-${(job += 1)}`);
    const looks = { inc: vi.fn() };
    const overtaken = { inc: vi.fn() };
    const reconciler = new SessionReconciler(runtime, reporter, {} as Retries, reconcileIntervals, overtaken, looks);
    return { reconciler, published, looks };
  }
  const stuck = { gone: false, remaining: holders, heldSince };

  it('says nothing while it takes no longer than usual', async () => {
    const { reconciler, published, looks } = removing({ gone: false, remaining: ['Namespace/main-1'] });
    expect(await reconciler.reconcile(ending)).toEqual({ retryInMs: reconcileIntervals.removingMs });
    expect(published).toEqual([]);
    expect(looks.inc).not.toHaveBeenCalled();
  });

  it('says once what holds it, again when that is something else, and that it ended', async () => {
    const others = ['Pod/alpha is held by example.com/other'];
    const { reconciler, published, looks } = removing(stuck, stuck, { ...stuck, remaining: others });
    for (const expected of [holders, holders, others])
      expect(await reconciler.reconcile(ending)).toEqual({
        retryInMs: reconcileIntervals.heldMs,
        held: { ...held, holders: expected },
      });
    expect(await reconciler.reconcile(ending)).toEqual({ done: true });
    const said = { sessionId, generation: 4, heldSince: held.since };
    expect(published).toMatchObject([
      { type: 'lab.removal.held.v1', data: { ...said, holders } },
      { type: 'lab.removal.held.v1', data: { ...said, holders: others } },
      { type: 'lab.ended.v1' },
    ]);
    expect(looks.inc).toHaveBeenCalledTimes(3);
  });

  it('says the same under the same id, whichever process looks', async () => {
    const [one, other] = [removing(stuck), removing(stuck)];
    await one.reconciler.reconcile(ending);
    await other.reconciler.reconcile(ending);
    expect(one.published).toEqual(other.published);
  });

  it('is shown for a session that nobody knows, of which there is no log', async () => {
    const { reconciler, published } = removing(stuck);
    expect(await reconciler.removeLeftovers(sessionId)).toEqual({ retryInMs: reconcileIntervals.heldMs, held });
    expect(published).toEqual([]);
  });

  it('names no more than anybody reads', async () => {
    const remaining = Array.from({ length: 60 }, (_, index) => `Pod/p${index}`);
    const outcome = await removing({ ...stuck, remaining }).reconciler.reconcile(ending);
    expect(Object(outcome).held.holders.slice(49)).toEqual(['Pod/p49', 'and 10 more']);
  });
});
