import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import { afterAll, expect, it, vi } from 'vitest';
import { applied, removed } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import { kinds } from '../client/kinds.js';
import { cloudInitName } from '../forge/vm/cloud-init.js';
import { annotation } from '../labels.js';
import { diskName } from '../names.js';
import { busybox } from '../testing/busybox.js';
import { describeOnCluster } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';
import { rootDisk, vmSystem } from '../testing/vm-system.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describeOnCluster('what a later wish takes over', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'a');
  const calls: string[] = [];
  afterAll(() => runtimes.close());

  it('is marked as its own, with all that it uses, and once only', async ({ skip }) => {
    const runtime = await runtimes.open({ onCall: ({ method }) => calls.push(method) });
    if (!(await runtime.facts()).vms) skip('no KubeVirt with CDI');
    const file = { path: '/tmp/notes', contentBase64: Buffer.from('hello\n').toString('base64'), mode: '0640' };
    const data = { kind: 'empty', name: 'data', bus: 'virtio', persistent: true, sizeBytes: 2 ** 24 } as const;
    // It need not run for this.
    const change: Partial<VmSystemSpec> = { runStrategy: 'halted', cloudInit: { userData: '#!/bin/sh\n' } };
    const server = vmSystem({ ...change, disks: [rootDisk, data] });
    const lab = session([busybox('alpha', { files: [file] }), server]);
    await applied(runtime, lab);
    const later = { ...lab, generation: 2 };
    await applied(runtime, later);

    const namespace = runtimes.namespaceOf(lab.sessionId);
    const secrets = (await cluster().list(kinds.secret, { namespace })).map(({ metadata }) => metadata);
    expect(secrets.map(({ name }) => name)).toContain(cloudInitName('server'));
    expect(secrets.some(({ name }) => name?.startsWith('files-alpha-'))).toBe(true);
    const others = await Promise.all([
      cluster().read({ kind: kinds.pod, namespace, name: 'alpha' }),
      cluster().read({ kind: kinds.virtualMachine, namespace, name: 'server' }),
      cluster().read({ kind: kinds.dataVolume, namespace, name: diskName('server', 'data') }),
      cluster().read({ kind: kinds.service, namespace, name: 'server' }),
      cluster().read({ kind: kinds.networkPolicy, namespace, name: 'default-deny' }),
    ]);
    const marks = [...secrets, ...others.map((object) => object?.metadata)].map(
      (metadata) => metadata?.annotations?.[annotation.generation],
    );
    expect(marks).toEqual(marks.map(() => '2'));

    calls.length = 0;
    await runtime.apply(later);
    expect(calls).toEqual([]);
    await removed(runtime, lab.sessionId, 120_000);
  });
});
