import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { applied, removed, started } from '../../../conformance/steps.js';
import { session } from '../../../conformance/subject.js';
import { kinds } from '../../client/kinds.js';
import type { KubernetesRuntime } from '../../kubernetes-runtime.js';
import { busybox } from '../../testing/busybox.js';
import { siteQuota } from '../../testing/site-quota.js';
import { describeOnCluster } from '../../testing/test-cluster.js';
import { TestRuntimes } from '../../testing/test-runtimes.js';
import { vmSystem } from '../../testing/vm-system.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

const access = [{ name: 'site', kind: 'web', port: 80, path: '/' }] as const;

describeOnCluster('a virtual machine that the cluster takes away or refuses', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 't');
  let runtime: KubernetesRuntime;
  beforeAll(async () => {
    runtime = await runtimes.open();
  });
  afterAll(() => runtimes.close());

  it('comes back in a new instance when somebody deletes its launcher', async () => {
    const lab = session([vmSystem({ access: [...access] })]);
    await started(runtime, lab);
    const namespace = runtimes.namespaceOf(lab.sessionId);
    const instance = { kind: kinds.virtualMachineInstance, namespace, name: 'server' };
    const before = (await cluster().read(instance))?.metadata.uid;
    const launchers = await cluster().list(kinds.pod, { namespace, labelSelector: 'kubevirt.io=virt-launcher' });
    expect(launchers).toHaveLength(1);
    await cluster().remove({ kind: kinds.pod, namespace, name: launchers[0]?.metadata.name ?? '' });

    const states = new Set<string | undefined>();
    const isBack = async () => {
      await applied(runtime, lab);
      const state = (await runtime.observe(lab)).systems[0]?.state;
      states.add(state);
      return state === 'ready' && (await cluster().read(instance))?.metadata.uid !== before;
    };
    await vi.waitUntil(isBack, { timeout: 180_000, interval: 300 });
    expect(before).toBeDefined();
    // Nobody is told that it is broken, or that it was never there.
    expect([...states].toSorted()).toEqual(['ready', 'starting']);
    await removed(runtime, lab.sessionId, 120_000);
  });

  it('says which quota has no room for it, and starts once there is room', async () => {
    const first = session([busybox('alpha')]);
    await started(runtime, first);
    const namespace = runtimes.namespaceOf(first.sessionId);
    const removeQuota = await siteQuota(cluster(), namespace, { 'requests.memory': '64Mi' });

    const lab = { ...first, generation: 2, systems: [busybox('alpha'), vmSystem({ access: [...access] })] };
    const machine = async () => {
      await applied(runtime, lab);
      return (await runtime.observe(lab)).systems.find(({ name }) => name === 'server');
    };
    await vi.waitUntil(async () => (await machine())?.state === 'broken', { timeout: 120_000, interval: 500 });
    expect(await machine()).toMatchObject({
      reason: {
        code: 'quota_exceeded',
        system: 'server',
        text: expect.stringMatching(/exceeded quota: site/),
        advice: expect.stringMatching(/lecturer/),
      },
    });

    await removeQuota();
    await vi.waitUntil(async () => (await machine())?.state === 'ready', { timeout: 180_000, interval: 500 });
    await removed(runtime, lab.sessionId, 120_000);
  });
});
