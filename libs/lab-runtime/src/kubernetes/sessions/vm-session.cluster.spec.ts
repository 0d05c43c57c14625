import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { removed, settled, started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { busybox } from '../testing/busybox.js';
import { describeOnCluster } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';
import { vmSystem } from '../testing/vm-system.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

describeOnCluster('a session with a virtual machine and a container', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'v');
  const machine = vmSystem({ name: 'server', ready: { timeoutS: 500, tcp: 80 } });
  const lab = session([busybox('client'), machine]);
  let runtime: KubernetesRuntime;
  beforeAll(async () => {
    runtime = await runtimes.open();
  });
  afterAll(() => runtimes.close());

  it('lives like a session of containers', async ({ skip }) => {
    if (!(await runtime.facts()).vms) skip('no KubeVirt with CDI');
    const systems = await started(runtime, lab);
    const client = { sessionId: lab.sessionId, system: 'client' };
    const line = `timeout 20 wget -qO- http://server/; echo; nslookup server`;
    const seen = await runtime.exec(client, ['sh', '-c', line], { timeoutMs: 60_000 });
    // The guest calls itself so until cloud-init tells it otherwise.
    expect(seen.stdout).toMatch(/^tiny-vm\n/);
    expect(seen.stdout).toContain(systems[1]?.addresses['lan']);

    await runtime.pause(lab.sessionId);
    // KubeVirt copies the condition from the instance to the machine a moment later.
    const states = async () => (await runtime.observe(lab)).systems.map(({ state }) => state);
    await expect.poll(states, { timeout: 30_000 }).toEqual(['paused', 'paused']);
    await runtime.resume(lab.sessionId);
    expect((await settled(runtime, lab)).systems.map(({ state }) => state)).toEqual(['ready', 'ready']);

    await removed(runtime, lab.sessionId, 240_000);
    expect(await runtime.sessions()).not.toContain(lab.sessionId);
  });
});
