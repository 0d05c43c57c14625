import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SerialScreen } from '../../../conformance/serial-screen.js';
import { removed, settled, started } from '../../../conformance/steps.js';
import { session } from '../../../conformance/subject.js';
import { kinds } from '../../client/kinds.js';
import type { KubernetesRuntime } from '../../kubernetes-runtime.js';
import { describeOnCluster, testImages } from '../../testing/test-cluster.js';
import { TestRuntimes } from '../../testing/test-runtimes.js';
import { diskImage, vmSystem } from '../../testing/vm-system.js';

/** The shell asks its terminal where the cursor is. */
const prompt = /tiny-vm:~# (?:\S\[6n)?$/;
const web = { name: 'site', kind: 'web', port: 80, path: '/' } as const;
const access: VmSystemSpec['access'] = [{ name: 'console', kind: 'serial' }, web];
const reference = testImages.tinyVm;

describeOnCluster('a virtual machine of a session', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'p');
  let runtime: KubernetesRuntime;
  let sleeper: KubernetesRuntime;
  let drowsy: KubernetesRuntime;

  beforeAll(async () => {
    runtime = await runtimes.open();
    sleeper = await runtimes.open({ pauseVms: 'hibernate' });
    drowsy = await runtimes.open({ hibernateAfterS: 10 });
  }, 120_000);
  afterAll(() => runtimes.close(), 180_000);

  const lab = (change: Partial<VmSystemSpec> = {}) => session([vmSystem({ access, ...change })]);
  const target = ({ sessionId }: SessionSpec) => ({ sessionId, system: 'server' });
  const screenOf = async (spec: SessionSpec) => {
    const screen = new SerialScreen(await runtime.open({ ...target(spec), channel: 'serial' }));
    screen.type('');
    await screen.shows(prompt, 120_000);
    return screen;
  };
  const state = async (spec: SessionSpec) => (await runtime.observe(spec)).systems[0];
  const vmi = (spec: SessionSpec) =>
    cluster().read({
      kind: kinds.virtualMachineInstance,
      namespace: runtimes.namespaceOf(spec.sessionId),
      name: 'server',
    });

  it('starts, is frozen and goes on, restarts with its disk, and leaves nothing', { timeout: 400_000 }, async () => {
    const spec = lab();
    const [seen] = await started(runtime, spec);
    expect(seen?.addresses['lan']).toMatch(/^\d+\./);
    const screen = await screenOf(spec);
    await screen.run('echo kept > /root/mark || echo kept > /mark');

    await Promise.all([runtime.pause(spec.sessionId), runtime.pause(spec.sessionId)]);
    expect(await state(spec)).toMatchObject({ state: 'paused' });
    await runtime.pause(spec.sessionId);
    await runtime.apply(spec);
    expect(await state(spec)).toMatchObject({ state: 'paused' });
    await runtime.resume(spec.sessionId);
    await runtime.resume(spec.sessionId);
    await settled(runtime, spec);
    expect(await state(spec)).toMatchObject({ state: 'ready' });
    expect(await screen.run('cat /root/mark /mark 2>/dev/null')).toBe('kept');

    const before = (await vmi(spec))?.metadata.uid;
    await runtime.restart(target(spec));
    // Its disk is the image's own, so only the reset button keeps what was written; the machine is the same one.
    await screen.shows(prompt, 120_000);
    expect((await vmi(spec))?.metadata.uid).toBe(before);
    screen.close();

    await removed(runtime, spec.sessionId);
    expect(await runtimes.objectsOf(spec.sessionId)).toEqual([]);
  });

  it('that is started by hand is stopped until somebody does', { timeout: 240_000 }, async () => {
    const spec = lab({ runStrategy: 'manual' });
    await runtime.apply(spec);
    await expect.poll(() => state(spec), { timeout: 20_000 }).toMatchObject({ state: 'stopped' });
    await runtime.pause(spec.sessionId);
    await runtime.resume(spec.sessionId);
    expect(await state(spec)).toMatchObject({ state: 'stopped' });
    // KubeVirt refuses while it writes to the machine itself; then the provisioner asks again, too.
    await vi.waitFor(() => runtime.restart(target(spec)), { timeout: 20_000, interval: 500 });
    await expect.poll(async () => (await state(spec))?.state, { timeout: 180_000 }).toBe('ready');
    await runtime.apply(spec);
    await delay(2000);
    expect(await state(spec)).toMatchObject({ state: 'ready' });
    await removed(runtime, spec.sessionId);
  });

  it(
    'with lasting disks is cloned, keeps them over a restart, and can be shut down for a pause',
    { timeout: 480_000 },
    async () => {
      const image = diskImage('golden', { kind: 'registry', reference });
      const spec = lab({ disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: true, image }] });
      await started(runtime, spec);
      const first = (await vmi(spec))?.metadata.uid;
      await runtime.restart(target(spec));
      await settled(runtime, spec);
      const second = (await vmi(spec))?.metadata.uid;
      expect(second).not.toBe(first);

      await sleeper.pause(spec.sessionId);
      expect(await vmi(spec)).toBeUndefined();
      await expect.poll(() => state(spec)).toMatchObject({ state: 'paused' });
      await runtime.apply(spec);
      await delay(3000);
      expect(await vmi(spec)).toBeUndefined();
      await runtime.resume(spec.sessionId);
      await expect.poll(async () => (await state(spec))?.state, { timeout: 120_000 }).toBe('ready');
      expect((await vmi(spec))?.metadata.uid).not.toBe(second);
      await removed(runtime, spec.sessionId);
    },
  );

  it('with lasting disks is frozen, and shut down when the pause lasts', { timeout: 400_000 }, async () => {
    const image = diskImage('golden', { kind: 'registry', reference });
    const spec = lab({ disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: true, image }] });
    await started(runtime, spec);
    const first = (await vmi(spec))?.metadata.uid;
    await drowsy.pause(spec.sessionId);
    await drowsy.pause(spec.sessionId);
    await expect.poll(() => state(spec)).toMatchObject({ state: 'paused' });
    expect((await vmi(spec))?.metadata.uid).toBe(first);

    await delay(12_000);
    await drowsy.pause(spec.sessionId);
    expect(await vmi(spec)).toBeUndefined();
    await expect.poll(() => state(spec)).toMatchObject({ state: 'paused' });
    await drowsy.pause(spec.sessionId);
    await runtime.resume(spec.sessionId);
    await expect.poll(async () => (await state(spec))?.state, { timeout: 120_000 }).toBe('ready');
    expect((await vmi(spec))?.metadata.uid).not.toBe(first);
    await removed(runtime, spec.sessionId);
  });

  it('that needs an image nobody has says so', { timeout: 180_000 }, async () => {
    const image = diskImage('none', { kind: 'containerDisk', reference: 'registry.test/none:1' });
    const spec = lab({ disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: false, image }] });
    await runtime.apply(spec);
    const { systems } = await settled(runtime, spec);
    expect(systems[0]).toMatchObject({
      state: 'broken',
      reason: { code: 'image_not_found', text: expect.stringContaining('registry.test/none:1') },
    });
    await removed(runtime, spec.sessionId);
  });

  it('that is too large for every node says what is short', { timeout: 180_000 }, async () => {
    const spec = lab({ memoryBytes: 500 * 2 ** 30 });
    await runtime.apply(spec);
    const { systems } = await settled(runtime, spec);
    expect(systems[0]).toMatchObject({
      state: 'broken',
      reason: { code: 'no_node_fits', text: expect.stringContaining('memory') },
    });
    await removed(runtime, spec.sessionId);
  });

  it('is not paused twice, nor restarted when it is not there', async () => {
    await expect(runtime.restart({ sessionId: crypto.randomUUID(), system: 'server' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
