import type { SessionSpec } from '@lab-orchestrator/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removed, started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import { kinds } from '../client/kinds.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { busybox } from '../testing/busybox.js';
import { faultProxy, type FaultProxy } from '../testing/fault-proxy.js';
import { describeOnCluster, removeNamespaces } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';

// A pod starts in a second on an idle machine, and in a minute on a busy one.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeOnCluster('sessions on a cluster, when things go wrong', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'f');
  let runtime: KubernetesRuntime;
  let second: KubernetesRuntime;

  beforeAll(async () => {
    runtime = await runtimes.open();
    second = await runtimes.open();
  });
  afterAll(() => runtimes.close());

  describe('several writers', () => {
    const ids: string[] = [];
    const remembered = (lab: SessionSpec) => {
      ids.push(lab.sessionId);
      return lab;
    };
    afterAll(async () => {
      for (const id of ids) await removed(runtime, id, 240_000);
    });

    it('make one session of one wish', async () => {
      const lab = remembered(session([busybox('alpha'), busybox('beta')]));
      await Promise.all([runtime.apply(lab), second.apply(lab), runtime.apply(lab), second.apply(lab)]);
      await started(runtime, lab);
      expect((await runtimes.objectsOf(lab.sessionId)).filter((name) => name.startsWith('Pod/'))).toEqual([
        'Pod/alpha',
        'Pod/beta',
      ]);
    });

    it('refuse an outdated generation, whoever saw the later one', async () => {
      const lab = remembered(session([busybox('alpha')]));
      const later = { ...lab, generation: 2, networks: [{ name: 'lan', internet: true }] };
      await runtime.apply(later);
      await expect(runtime.apply(lab)).rejects.toMatchObject({ code: 'stale_generation', retryable: false });
      const fresh = await runtimes.open();
      await expect(fresh.apply(lab)).rejects.toMatchObject({ code: 'stale_generation', retryable: false });
      await expect
        .poll(() => second.apply(lab).catch((error: unknown) => error), { timeout: 30_000 })
        .toMatchObject({
          code: 'stale_generation',
        });
      const policy = await cluster().read({
        kind: kinds.networkPolicy,
        namespace: runtimes.namespaceOf(lab.sessionId),
        name: 'network-lan',
      });
      expect(policy?.spec?.egress).toHaveLength(2);
    });
  });

  describe('behind our back', () => {
    let proxy: FaultProxy;
    let behind: KubernetesRuntime;
    const lab = session([busybox('alpha')]);
    const states = async () => (await behind.observe(lab)).systems.map(({ state }) => state);

    beforeAll(async () => {
      proxy = await faultProxy(cluster().config);
      behind = await runtimes.open({ config: proxy.config, watch: { staleMs: 60_000 } });
      await started(behind, lab);
    });
    afterAll(async () => {
      await behind.close();
      await proxy.close();
    });

    it('lists again when the server has forgotten its place, and loses nothing', async () => {
      const lists = proxy.calls.filter((call) => call === 'GET /api/v1/pods').length;
      proxy.faults.forgetOnce = true;
      proxy.cutWatches();
      await delay(3000);
      expect(await states()).toEqual(['ready']);
      expect(proxy.faults.forgetOnce).toBe(false);
      expect(proxy.calls.filter((call) => call === 'GET /api/v1/pods').length).toBeLessThanOrEqual(lists + 1);
    });

    it('never says "gone" while lists and watches fail', async () => {
      proxy.faults.listsFail = true;
      proxy.faults.watchesFail = true;
      proxy.cutWatches();
      const until = performance.now() + 6000;
      while (performance.now() < until) {
        expect(await states()).toEqual(['ready']);
        expect(await behind.sessions()).toContain(lab.sessionId);
        await delay(300);
      }
      proxy.faults.listsFail = false;
      proxy.faults.watchesFail = false;
    });

    it('notices deleted namespaces although part of all events is lost', async () => {
      const labs = Array.from({ length: 5 }, () => session([busybox('alpha')]));
      for (const one of labs) await behind.apply(one);
      proxy.faults.dropEvents = 0.3;
      for (const { sessionId } of labs) {
        await cluster().remove({ kind: kinds.namespace, name: runtimes.namespaceOf(sessionId) });
      }
      const seen = async () =>
        (await Promise.all(labs.map((one) => behind.observe(one)))).map(({ systems }) => systems[0]?.state);
      await expect.poll(seen, { timeout: 120_000, interval: 500 }).toEqual(labs.map(() => 'absent'));
      proxy.faults.dropEvents = 0;
    });

    it('notices a namespace that somebody deletes, also when the watch was cut just then', async () => {
      await expect.poll(states, { timeout: 120_000 }).toEqual(['ready']);
      const seen = new Set<string>();
      using _ = behind.watch((sessionId) => seen.add(sessionId));
      proxy.faults.watchesFail = true;
      proxy.cutWatches();
      await removeNamespaces(cluster(), [runtimes.namespaceOf(lab.sessionId)]);
      proxy.faults.watchesFail = false;
      await expect.poll(states, { timeout: 120_000 }).toEqual(['absent']);
      expect([...seen]).toContain(lab.sessionId);
      await expect.poll(() => behind.sessions(), { timeout: 60_000 }).not.toContain(lab.sessionId);
    });
  });
});
