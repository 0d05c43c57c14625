import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { applied } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { kinds } from '../client/kinds.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { label } from '../labels.js';
import { busybox } from '../testing/busybox.js';
import { tcpProxy, type TcpProxy } from '../testing/tcp-proxy.js';
import { describeOnCluster } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const starts = 20;
/** First it is restarted, then its network is gone. */
const refusedMs = 25_000;
const silentMs = 35_000;

describeOnCluster('an API server that is away for a minute', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'w');
  const labs = Array.from({ length: starts }, () => session([busybox('alpha')]));
  let proxy: TcpProxy;
  let behind: KubernetesRuntime;

  beforeAll(async () => {
    proxy = await tcpProxy(cluster().config);
    behind = await runtimes.open({ config: proxy.config });
    await behind.sessions();
  });
  afterAll(async () => {
    await behind.close();
    await proxy.close();
    await runtimes.close();
  });

  /** Session → identity of its pod, as the API server itself says. */
  async function pods(): Promise<Map<string, string>> {
    const found = await cluster().list(kinds.pod, { labelSelector: `${label.instance}=${runtimes.instance}` });
    return new Map(found.map(({ metadata }) => [metadata.labels?.[label.session] ?? '', metadata.uid ?? '']));
  }

  /** As the provisioner does: again until it is ready. Whatever else is thrown is not a passing trouble. */
  async function start(lab: SessionSpec, seen: Set<string>): Promise<void> {
    for (let wasThere = false; ; await delay(500)) {
      await applied(behind, lab);
      const { systems } = await observed(lab);
      for (const { state, reason } of systems) {
        if (wasThere && state === 'absent') seen.add('gone');
        if (state === 'broken') seen.add(`broken: ${reason?.text}`);
        wasThere ||= state !== 'absent';
      }
      if (systems.every(({ state }) => state === 'ready')) return;
    }
  }

  async function observed(lab: SessionSpec) {
    try {
      return await behind.observe(lab);
    } catch (error) {
      if (error instanceof RuntimeError && error.retryable) return { systems: [] };
      throw error;
    }
  }

  it(`in the middle of ${starts} starts, loses none, calls none gone and builds none twice`, async () => {
    const seen = new Set<string>();
    const starting = Promise.all(labs.map((lab) => start(lab, seen)));
    starting.catch(() => undefined);
    await vi.waitUntil(async () => (await pods()).size >= 5, { timeout: 60_000, interval: 50 });
    await proxy.refuse();
    const awayAt = performance.now();
    const begun = await pods();
    expect(begun.size).toBeLessThan(starts);
    const known = await behind.sessions();
    const states = async () => {
      const observations = await Promise.all(labs.map((lab) => behind.observe(lab)));
      return observations.map(({ systems }) => systems[0]?.state);
    };
    const there = await states();
    expect(there.filter((state) => state !== 'absent').length).toBeGreaterThan(0);

    await delay(refusedMs);
    await proxy.swallow();
    while (performance.now() - awayAt < refusedMs + silentMs) {
      // What was known stays known: nothing is told to be gone while nobody says so.
      expect(await behind.sessions()).toEqual(expect.arrayContaining(known));
      expect(await states()).toEqual(there);
      await delay(1000);
    }
    await proxy.restore();
    const backAt = performance.now();
    await starting;
    expect(performance.now() - backAt).toBeLessThan(60_000);
    expect([...seen]).toEqual([]);
    const made = await pods();
    expect([...made.keys()].toSorted()).toEqual(labs.map(({ sessionId }) => sessionId).toSorted());
    for (const [sessionId, uid] of begun) expect(made.get(sessionId)).toBe(uid);
    expect((await behind.sessions()).toSorted()).toEqual([...made.keys()].toSorted());
  });
});
