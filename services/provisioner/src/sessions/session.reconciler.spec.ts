import type { SessionSpec } from '@lab-orchestrator/contracts';
import { type LabRuntime, RuntimeError } from '@lab-orchestrator/lab-runtime';
import { describe, expect, it, vi } from 'vitest';
import { reconcileIntervals } from './reconcile-intervals.js';
import { type DesiredSession, SessionReconciler } from './session.reconciler.js';
import type { SessionReporter } from './session.reporter.js';
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
  const reconciler = new SessionReconciler(runtime, reporter, {} as Retries, reconcileIntervals, overtaken);
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
