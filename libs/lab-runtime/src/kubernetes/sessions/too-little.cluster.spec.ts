import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec, SystemObservation } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { applied, removed, started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { busybox } from '../testing/busybox.js';
import { siteQuota } from '../testing/site-quota.js';
import { describeOnCluster } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';
import { rootDisk, vmSystem } from '../testing/vm-system.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const MiB = 2 ** 20;

describeOnCluster('a session on a cluster that gives too little', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'q');
  let runtime: KubernetesRuntime;
  beforeAll(async () => {
    runtime = await runtimes.open();
  });
  afterAll(() => runtimes.close());

  /** As the provisioner does: applies and observes until a system is broken. */
  async function broken(by: KubernetesRuntime, lab: SessionSpec, name: string): Promise<SystemObservation> {
    for (;;) {
      await applied(by, lab);
      const { systems } = await by.observe(lab);
      const found = systems.find((system) => system.name === name);
      if (found?.state === 'broken') return found;
      await delay(500);
    }
  }

  describe.concurrent('says what is too little', () => {
    it('of a quota, and goes on once there is room', async () => {
      const first = session([busybox('alpha')]);
      await started(runtime, first);
      const namespace = runtimes.namespaceOf(first.sessionId);
      const removeQuota = await siteQuota(cluster(), namespace, { 'requests.memory': '48Mi' });

      const lab = { ...first, generation: 2, systems: [busybox('alpha'), busybox('beta')] };
      expect(await broken(runtime, lab, 'beta')).toMatchObject({
        stage: 'image',
        reason: {
          code: 'quota_exceeded',
          system: 'beta',
          text: expect.stringMatching(
            /larger than its quota.*exceeded quota: site, requested: requests.memory=32Mi, used: requests.memory=32Mi, limited: requests.memory=48Mi/,
          ),
          advice: expect.stringMatching(/lecturer/),
        },
      });
      const { systems } = await runtime.observe(lab);
      expect(systems[0]).toMatchObject({ name: 'alpha', state: 'ready' });

      await removeQuota();
      const areReady = async () => {
        await applied(runtime, lab);
        return (await runtime.observe(lab)).systems.every(({ state }) => state === 'ready');
      };
      await vi.waitUntil(areReady, { timeout: 60_000, interval: 500 });
      await removed(runtime, lab.sessionId, 120_000);
    });

    it('of a limit for each container, at once, and is removed all the same', async () => {
      const first = session([busybox('alpha')]);
      await started(runtime, first);
      const namespace = runtimes.namespaceOf(first.sessionId);
      await cluster().apply({
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'site', namespace },
        spec: { limits: [{ type: 'Container', max: { memory: '40Mi' } }] },
      });
      const lab = { ...first, generation: 2, systems: [busybox('alpha'), busybox('beta', { memoryBytes: 64 * MiB })] };
      const { reason } = await broken(runtime, lab, 'beta');
      expect(reason).toMatchObject({
        code: 'quota_exceeded',
        text: expect.stringMatching(/maximum memory usage.*40Mi/),
      });
      await removed(runtime, lab.sessionId, 120_000);
    });

    it('of a storage class that is not there', async ({ skip }) => {
      if (!(await runtime.facts()).vms) skip('no KubeVirt with CDI');
      const misconfigured = await runtimes.open({ storageClass: 'no-such-class' });
      const data = { kind: 'empty', name: 'data', bus: 'virtio', persistent: true, sizeBytes: 16 * MiB } as const;
      const lab = session([vmSystem({ disks: [rootDisk, data] })]);
      expect(await broken(misconfigured, lab, 'server')).toMatchObject({
        stage: 'disk',
        reason: {
          code: 'storage_misconfigured',
          text: expect.stringMatching(/storage cannot hold the disk server-data/),
          advice: expect.stringMatching(/administrator/),
        },
      });
      await removed(misconfigured, lab.sessionId, 120_000);
    });
  });
});
