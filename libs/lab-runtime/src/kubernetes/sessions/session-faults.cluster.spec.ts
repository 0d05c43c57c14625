import type { SessionSpec } from '@lab-orchestrator/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { removed, started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import type { RuntimeError } from '../../port/runtime-error.js';
import { kinds } from '../client/kinds.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { busybox } from '../testing/busybox.js';
import { faultProxy, type FaultProxy } from '../testing/fault-proxy.js';
import { numberFrom, seeded } from '../testing/seeded.js';
import { describeOnCluster, removeNamespaces } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';

// A pod starts in a second on an idle machine, and in a minute on a busy one.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
const seed = numberFrom('LAB_TEST_SEED', 5);

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
    const called = (path: string) => proxy.calls.filter((call) => call === `GET ${path}`).length;
    const wholePods = '/api/v1/pods';

    beforeAll(async () => {
      proxy = await faultProxy(cluster().config);
      behind = await runtimes.open({ config: proxy.config, watch: { resyncMs: 15_000 } });
      await started(behind, lab);
    });
    afterEach(() => {
      for (const fault of Object.keys(proxy.faults)) Reflect.deleteProperty(proxy.faults, fault);
    });
    afterAll(async () => {
      await behind.close();
      await proxy.close();
    });

    it('lists again when the server has forgotten its place, and loses nothing', async () => {
      const lists = called(wholePods);
      proxy.faults.forgetOnce = new Set([wholePods]);
      proxy.cutWatches();
      await expect.poll(() => called(wholePods), { timeout: 30_000 }).toBe(lists + 1);
      await delay(3000);
      expect(await states()).toEqual(['ready']);
      expect(called(wholePods)).toBe(lists + 1);
    });

    it('never says "gone" while its places are forgotten and lists fail', async () => {
      const watched = new Set(proxy.calls.filter((call) => call.endsWith('?watch')).map((call) => call.slice(4, -6)));
      const lists = () => [...watched].map((path) => called(path));
      const watches = () => [...watched].map((path) => called(`${path}?watch`));
      const before = lists();
      proxy.faults.forgetOnce = new Set(watched);
      proxy.faults.listsFail = true;
      proxy.cutWatches();
      const until = performance.now() + 6000;
      while (performance.now() < until) {
        expect(await states()).toEqual(['ready']);
        expect(await behind.sessions()).toContain(lab.sessionId);
        await delay(300);
      }
      // Every kind was asked for again, more than once, and nobody got an answer.
      expect(watched.size).toBeGreaterThan(5);
      expect(lists().filter((times, nth) => times < (before[nth] ?? 0) + 2)).toEqual([]);
      const blind = watches();
      proxy.faults.listsFail = false;
      await expect.poll(() => watches().filter((times, nth) => times === blind[nth]), { timeout: 60_000 }).toEqual([]);
      expect(await states()).toEqual(['ready']);
    });

    it('notices deleted namespaces although events are lost, also all of one', async () => {
      const labs = Array.from({ length: 3 }, () => session([busybox('alpha')]));
      for (const one of labs) await behind.apply(one);
      const [unheard = ''] = labs.map(({ sessionId }) => runtimes.namespaceOf(sessionId));
      const random = seeded(seed);
      let lost = 0;
      proxy.faults.swallows = (line) => {
        if (!line.includes(`"${unheard}"`)) return random() < 0.3;
        lost += 1;
        return true;
      };
      for (const { sessionId } of labs) {
        await cluster().remove({ kind: kinds.namespace, name: runtimes.namespaceOf(sessionId) });
      }
      const seen = async () =>
        (await Promise.all(labs.map((one) => behind.observe(one)))).map(({ systems }) => systems[0]?.state);
      await expect.poll(seen, { timeout: 120_000, interval: 500 }).toEqual(labs.map(() => 'absent'));
      await expect.poll(() => lost, { timeout: 60_000 }).toBeGreaterThan(0);
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

    it('builds a session again whose namespace somebody deleted, unless it was removed', async () => {
      const lost = session([busybox('alpha')]);
      await started(behind, lost);
      const name = runtimes.namespaceOf(lost.sessionId);
      const uid = async () => (await cluster().read({ kind: kinds.namespace, name }))?.metadata.uid;
      const first = await uid();
      await cluster().remove({ kind: kinds.namespace, name });
      const refusals = new Set<string>();
      const again = async () => {
        await behind.apply(lost).catch((error: RuntimeError) => refusals.add(error.code));
        return uid();
      };
      const isAnother = (found?: string) => found !== undefined && found !== first;
      await expect.poll(again, { timeout: 120_000, interval: 300 }).toSatisfy(isAnother);
      // While the old one is ending, it is too late for this wish; the provisioner asks again.
      expect([...refusals]).toContain('stale_generation');
      await started(behind, lost);
      await removed(behind, lost.sessionId, 240_000);
      await expect(behind.apply(lost)).rejects.toMatchObject({ code: 'stale_generation' });
    });
  });
});
