import { afterEach, describe, expect, it, vi } from 'vitest';
import { IsolationGuard } from './isolation-guard.js';
import type { ProbeCluster } from './probe-policies.js';
import { lifetimeOf, type PolicyVerdict } from './verdict.js';

const options = { instance: 'class', image: 'terminal', allowUnenforcedNetworks: false };

/** An API server that keeps one verdict, and then is away. */
function clusterThatKnows(validForMs: number, kept: PolicyVerdict = { state: 'enforced', fromTheStart: true }) {
  const validUntil = new Date(Date.now() + validForMs).toISOString();
  const verdict = JSON.stringify({ verdict: kept, validUntil });
  const read = vi.fn().mockResolvedValueOnce({ data: { verdict } }).mockRejectedValue(new Error('away'));
  return { read, cluster: { read, apply: read, list: read, remove: read } as unknown as ProbeCluster };
}

describe('IsolationGuard', () => {
  afterEach(() => vi.useRealTimers());

  it('asks once, and lets labs begin while the verdict of yesterday is tried again', async () => {
    vi.useFakeTimers();
    const { read, cluster } = clusterThatKnows(lifetimeOf({ state: 'enforced', fromTheStart: true }));
    const guard = new IsolationGuard(cluster, options);
    await guard.require();
    await guard.require();
    expect(read).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    await guard.require();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it.each<[PolicyVerdict, RegExp, boolean]>([
    [{ state: 'enforced', fromTheStart: false }, /only some moments after/, false],
    [{ state: 'not_enforced', directions: ['egress'] }, /does not enforce/, false],
    [{ state: 'unknown', reason: 'no image' }, /no image/, true],
  ])('lets nothing begin after %j', async (verdict, text, retryable) => {
    const error = { code: 'isolation_impossible', message: expect.stringMatching(text), retryable };
    const { cluster } = clusterThatKnows(60_000, verdict);
    await expect(new IsolationGuard(cluster, options).require()).rejects.toMatchObject(error);
  });

  it('lets nothing begin while it cannot even ask', async () => {
    const cluster = { read: vi.fn().mockRejectedValue(new Error('away')) } as unknown as ProbeCluster;
    await expect(new IsolationGuard(cluster, options).require()).rejects.toThrow('away');
  });

  it('asks nothing where labs need no isolation', async () => {
    const read = vi.fn();
    const cluster = { read } as unknown as ProbeCluster;
    await new IsolationGuard(cluster, { ...options, allowUnenforcedNetworks: true }).require();
    expect(read).not.toHaveBeenCalled();
  });
});
