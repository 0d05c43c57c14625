import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removed, settled, started } from '../conformance/steps.js';
import { session } from '../conformance/subject.js';
import type { HeldObject } from '../port/lab-runtime.js';
import { kinds } from './client/kinds.js';
import type { KubernetesRuntime } from './kubernetes-runtime.js';
import { label } from './labels.js';
import { ledgerNamespaceOf } from './names.js';
import { busybox } from './testing/busybox.js';
import { addForeignObjects } from './testing/foreign-objects.js';
import { describeOnCluster } from './testing/test-cluster.js';
import { TestRuntimes } from './testing/test-runtimes.js';

// A pod starts in a second on an idle machine, and in a minute on a busy one.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeOnCluster('the Kubernetes runtime', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'r');
  const calls: { method: string; path: string }[] = [];
  let runtime: KubernetesRuntime;
  let second: KubernetesRuntime;

  beforeAll(async () => {
    runtime = await runtimes.open({ onCall: (call) => calls.push(call) });
    second = await runtimes.open();
  });
  afterAll(() => runtimes.close());

  describe('the life of a session', () => {
    const file = { path: '/tmp/notes', contentBase64: Buffer.from('hello\n').toString('base64'), mode: '0640' };
    const lab = session([busybox('alpha', { files: [file], environment: { PRICE: '$5 $(HOME)' } }), busybox('beta')]);

    it('starts with few writes, no list and no polling', async () => {
      await runtime.observe(lab);
      calls.length = 0;
      await started(runtime, lab);
      const count = (method: string) => calls.filter((call) => call.method === method).length;
      const writes = count('POST') + count('PATCH') + count('PUT') + count('DELETE');
      // The namespace and its account are objects, too.
      const objects = (await runtimes.objectsOf(lab.sessionId)).length + 2;
      expect(objects).toBe(12);
      expect(writes).toBeLessThanOrEqual(objects * 1.1);
      const gets = calls.filter(
        ({ method, path }) =>
          // The memory of removals is asked twice; events of a slow start are no matter of its own.
          method === 'GET' && !path.includes('/leases/') && !path.endsWith('/events'),
      );
      // One look whether the namespace is still ours.
      expect(gets.map(({ path }) => path)).toEqual([`/api/v1/namespaces/${runtimes.namespaceOf(lab.sessionId)}`]);
    });

    it('repeats for nothing', async () => {
      calls.length = 0;
      await runtime.apply(lab);
      await runtime.apply(lab);
      await runtime.observe(lab);
      expect(calls).toEqual([]);
    });

    it('has its files, its environment, its name and its neighbours', async () => {
      const line = 'echo "$PRICE"; cat /tmp/notes; stat -c "%a %u" /tmp/notes; id -u; hostname; nslookup beta';
      const target = { sessionId: lab.sessionId, system: 'alpha' };
      const seen = await runtime.exec(target, ['sh', '-c', line], { timeoutMs: 120_000 });
      expect(seen.stdout).toMatch(/^\$5 \$\(HOME\)\nhello\n640 1000\n1000\nalpha\n/);
      const { systems } = await runtime.observe(lab);
      expect(seen.stdout).toContain(systems[1]?.addresses['lan']);
    });

    it('is seen by another process, and by whoever watches', async () => {
      const seen = new Set<string>();
      using _ = second.watch((sessionId) => seen.add(sessionId));
      expect((await settled(second, lab)).systems.map(({ state }) => state)).toEqual(['ready', 'ready']);
      await runtime.restart({ sessionId: lab.sessionId, system: 'beta' });
      await expect.poll(() => [...seen], { timeout: 120_000 }).toContain(lab.sessionId);
      expect((await settled(runtime, lab)).systems[1]).toMatchObject({ state: 'ready' });
    });

    it('takes a pause, stays paused, and comes back', async () => {
      await runtime.pause(lab.sessionId);
      expect((await runtime.observe(lab)).systems.map(({ state }) => state)).toEqual(['paused', 'paused']);
      await expect
        .poll(async () => (await runtimes.objectsOf(lab.sessionId)).filter((name) => name.startsWith('Pod/')), {
          timeout: 120_000,
        })
        .toEqual([]);
      await runtime.apply(lab);
      expect((await runtime.observe(lab)).systems.map(({ state }) => state)).toEqual(['paused', 'paused']);
      await expect(
        runtime.exec({ sessionId: lab.sessionId, system: 'alpha' }, ['true'], { timeoutMs: 5000 }),
      ).rejects.toMatchObject({ code: 'unreachable', retryable: true });
      await runtime.resume(lab.sessionId);
      expect((await settled(runtime, lab)).systems.map(({ state }) => state)).toEqual(['ready', 'ready']);
    });

    it('makes a pod again that somebody deleted', async () => {
      const namespace = runtimes.namespaceOf(lab.sessionId);
      await cluster().remove({ kind: kinds.pod, namespace, name: 'beta' }, { gracePeriodSeconds: 0 });
      await expect
        .poll(async () => (await runtime.observe(lab)).systems[1]?.state, { timeout: 120_000 })
        .toBe('absent');
      await started(runtime, lab);
    });

    it('puts back a policy that somebody deleted', async () => {
      const namespace = runtimes.namespaceOf(lab.sessionId);
      await cluster().remove({ kind: kinds.networkPolicy, namespace, name: 'default-deny' });
      const policies = async () => {
        await runtime.apply(lab);
        return (await runtimes.objectsOf(lab.sessionId)).filter((name) => name === 'NetworkPolicy/default-deny');
      };
      await expect.poll(policies, { timeout: 30_000 }).toEqual(['NetworkPolicy/default-deny']);
    });

    it('ends, and leaves nothing but the memory of it', async () => {
      await removed(runtime, lab.sessionId, 240_000);
      expect(
        await cluster().read({ kind: kinds.namespace, name: runtimes.namespaceOf(lab.sessionId) }),
      ).toBeUndefined();
      expect(await runtime.sessions()).not.toContain(lab.sessionId);
      const leases = await cluster().list(kinds.lease, { namespace: ledgerNamespaceOf(runtimes.instance) });
      expect(leases.map(({ metadata }) => metadata.labels?.[label.session])).toContain(lab.sessionId);
      await expect(runtime.apply(lab)).rejects.toMatchObject({ code: 'stale_generation' });
      await expect
        .poll(() => second.apply(lab).catch((error: unknown) => error), { timeout: 30_000 })
        .toMatchObject({
          code: 'stale_generation',
        });
    });
  });

  it('names what holds a removal and its finalizer, and lets go of it only when a person wants it', async () => {
    const lab = session([busybox('alpha')]);
    await runtime.apply(lab);
    const objects = await addForeignObjects(cluster(), runtimes.namespaceOf(lab.sessionId));
    const audited: HeldObject[] = [];
    const force = () => runtime.forceRemove(lab.sessionId, async (object) => void audited.push(object));
    await expect(force()).rejects.toMatchObject({ code: 'invalid_spec' });
    await runtime.remove(lab.sessionId);
    // Only begun: nothing says yet that it does not go by itself.
    await expect(force()).rejects.toMatchObject({ code: 'invalid_spec' });
    const expected = objects.map(({ kind, metadata: { name = '', finalizers = [] } }) => ({ kind, name, finalizers }));
    const named = async () => (await runtime.remove(lab.sessionId)).remaining.toSorted();
    await expect
      .poll(named, { timeout: 120_000, interval: 500 })
      .toEqual(expected.map(({ kind, name, finalizers }) => `${kind}/${name} is held by ${finalizers}`).toSorted());
    expect((await runtime.remove(lab.sessionId)).heldSince?.getTime()).toBeLessThan(Date.now() - 2000);
    expect(audited).toEqual([]);
    const failing = runtime.forceRemove(lab.sessionId, () => Promise.reject(new Error('the audit log is away')));
    await expect(failing).rejects.toThrow('the audit log is away');
    expect(await named()).toHaveLength(10);
    const { taken, left } = await force();
    const byName = (one: HeldObject, other: HeldObject) => one.name.localeCompare(other.name);
    expect(taken.toSorted(byName)).toEqual(expected);
    expect(left).toEqual([]);
    expect(audited).toEqual(taken);
    await removed(runtime, lab.sessionId, 240_000);
  });

  it('refuses what this cluster cannot do, before it writes anything', async () => {
    const { forge, vms } = await runtime.facts();
    const { features } = await runtime.capacity();
    // With Multus, too: it needs a namespace that is `privileged`, and this runtime allows none.
    expect(features).toMatchObject({ forwarding: false, userNamespaces: forge.userNamespaces, vms });
    const root = session([busybox('alpha', { root: true })]);
    const router = session([busybox('alpha', { forwarding: true })]);
    if (!forge.userNamespaces) await expect(runtime.apply(root)).rejects.toMatchObject({ code: 'insufficient_rights' });
    if (!forge.multus) {
      await expect(runtime.apply(router)).rejects.toMatchObject({
        retryable: false,
        message: expect.stringMatching(/Multus|Pod Security/),
      });
    }
    expect(await runtime.sessions()).not.toContain(root.sessionId);
  });
});
