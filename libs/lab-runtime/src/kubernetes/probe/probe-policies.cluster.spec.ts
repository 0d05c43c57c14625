import { afterAll, expect, it, vi } from 'vitest';
import { kinds } from '../client/kinds.js';
import type { KubeObject } from '../client/kube-object.js';
import { describeOnCluster, removeNamespaces, testImages, uniqueInstance } from '../testing/test-cluster.js';
import { IsolationGuard } from './isolation-guard.js';
import { probeNamespaceOf } from './probe-objects.js';
import { type ProbeCluster, probePolicies } from './probe-policies.js';
import { VerdictStore } from './verdict-store.js';

/** Each verdict takes pods that start and policies that are tried; a busy machine takes its time for that. */
vi.setConfig({ testTimeout: 300_000 });

describeOnCluster('the probe of network policies', (cluster) => {
  const instances: string[] = [];
  const fresh = () => {
    const instance = uniqueInstance('n');
    instances.push(instance);
    return { instance, image: testImages.busybox };
  };
  const left = async (instance: string) => {
    const namespace = probeNamespaceOf(instance);
    const pods = await cluster().list(kinds.pod, { namespace });
    const policies = await cluster().list(kinds.networkPolicy, { namespace });
    return [...pods, ...policies]
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name);
  };

  /** The cluster as a network plugin would make it that never looks at policies of this direction. */
  const blindFor = (...directions: string[]): ProbeCluster => ({
    read: (...call) => cluster().read(...call),
    list: (...call) => cluster().list(...call),
    remove: (...call) => cluster().remove(...call),
    apply: <T extends KubeObject>(object: T) =>
      object.kind === 'NetworkPolicy' && directions.some((direction) => JSON.stringify(object).includes(direction))
        ? Promise.resolve(object)
        : cluster().apply(object),
  });

  afterAll(async () => {
    await removeNamespaces(cluster(), instances.map(probeNamespaceOf));
    cluster().close();
  });

  it('finds that they are enforced, from the start, and leaves nothing behind', async () => {
    const options = fresh();
    expect(await probePolicies(cluster(), options)).toEqual({ state: 'enforced', fromTheStart: true });
    expect(await left(options.instance)).toEqual([]);
  });

  it('bears two probes at once', async () => {
    const options = fresh();
    const verdicts = await Promise.all([probePolicies(cluster(), options), probePolicies(cluster(), options)]);
    expect(verdicts.map(({ state }) => state)).toEqual(['enforced', 'enforced']);
  });

  it.each([
    ['neither', ['Ingress', 'Egress'], ['ingress', 'egress']],
    ['no egress', ['Egress'], ['egress']],
    ['no ingress', ['Ingress'], ['ingress']],
  ])('finds that a plugin enforces %s', async (_, blind, directions) => {
    const verdict = await probePolicies(blindFor(...blind), { ...fresh(), settleMs: 4_000 });
    expect(verdict).toEqual({ state: 'not_enforced', directions });
  });

  it('says that it does not know, and why', async () => {
    const options = { ...fresh(), image: 'registry.test/no-such-image:1', startMs: 4_000 };
    const verdict = await probePolicies(cluster(), options);
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringMatching(/did not start/) });
    expect(await left(options.instance)).toEqual([]);
  });

  it('keeps the verdict for all processes of an installation', async () => {
    const options = { ...fresh(), allowUnenforcedNetworks: false };
    await new IsolationGuard(cluster(), options).require();
    const store = new VerdictStore(cluster(), options.instance);
    expect(await store.load(Date.now())).toMatchObject({ verdict: { state: 'enforced' } });
    expect(await store.load(Date.now() + 25 * 3_600_000)).toBeUndefined();
    // Were this one to probe, it would find another verdict.
    const second = new IsolationGuard(blindFor('Ingress', 'Egress'), options);
    expect((await second.verdict()).state).toBe('enforced');
  });

  it('lets no session begin where nothing keeps labs apart, unless that is wanted', async () => {
    const options = { ...fresh(), settleMs: 4_000 };
    const blind = blindFor('Ingress', 'Egress');
    const guard = new IsolationGuard(blind, { ...options, allowUnenforcedNetworks: false });
    await expect(guard.require()).rejects.toMatchObject({ code: 'isolation_impossible', retryable: false });
    await new IsolationGuard(blind, { ...options, allowUnenforcedNetworks: true }).require();
  });

  it('is tried again soon when nothing was found out', async () => {
    const options = { ...fresh(), image: 'registry.test/no-such-image:1', startMs: 2_000 };
    const guard = new IsolationGuard(cluster(), { ...options, allowUnenforcedNetworks: false });
    await expect(guard.require()).rejects.toMatchObject({ code: 'isolation_impossible', retryable: true });
    const store = new VerdictStore(cluster(), options.instance);
    expect(await store.load(Date.now() + 10 * 60_000)).toBeUndefined();
  });
});
