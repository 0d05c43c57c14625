import type { DiskSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnCluster, removeNamespaces, testImages, uniqueInstance } from '../../testing/test-cluster.js';
import { containerDisk, rootDisk, vmSystem } from '../../testing/vm-system.js';
import { planDisks } from './disk-plan.js';
import { forgeVirtualMachine, type VmForge } from './virtual-machine.js';

const MiB = 2 ** 20;

describeOnCluster('a forged virtual machine', (cluster) => {
  const namespace = `${uniqueInstance('f')}-forge`;
  beforeAll(() => cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
  afterAll(() => removeNamespaces(cluster(), [namespace]));

  const forged = (change: Partial<VmSystemSpec>, more: Partial<VmForge> = {}) => {
    const system = vmSystem(change);
    const origin = { from: 'containerDisk', reference: testImages.tinyVm } as const;
    const disks = planDisks(system.name, system.disks, () => origin);
    return forgeVirtualMachine({ namespace, system, disks, labels: { of: 'spec' }, podLabels: { in: 'lan' }, ...more });
  };
  const disks: DiskSpec[] = [
    rootDisk,
    { kind: 'empty', name: 'data', bus: 'sata', persistent: false, sizeBytes: 64 * MiB },
    { kind: 'empty', name: 'kept', bus: 'scsi', persistent: true, sizeBytes: 32 * MiB },
    { kind: 'cdrom', name: 'tools', bus: 'virtio', persistent: false, image: containerDisk },
  ];

  // The API server and the admission of KubeVirt and CDI judge it; nothing is made.
  it.each<[string, Partial<VmSystemSpec>]>([
    ['of BIOS', {}],
    ['of UEFI', { firmware: 'uefi' }],
    ['with every kind of disk', { disks }],
    ['with cloud-init', { cloudInit: { userData: '#cloud-config\n', networkData: 'version: 2\n' } }],
    ['with a part of a processor', { cpus: 0.25 }],
    ['with many processors', { cpus: 6.5, memoryBytes: 4096 * MiB }],
    ['with a CPU model', { cpuModel: 'host-model' }],
    ['that is started by hand', { runStrategy: 'manual' }],
    ['that is rerun after failures', { runStrategy: 'rerunOnFailure' }],
    ['that is halted', { runStrategy: 'halted' }],
    ['with a port that says that it is ready', { ready: { tcp: 80, timeoutS: 60 } }],
    ['with the longest names', { name: 'a'.repeat(40), disks: [{ ...rootDisk, name: 'b'.repeat(40) } as DiskSpec] }],
  ])('%s is taken as it is', async (_what, change) => {
    const { secret, dataVolumes, virtualMachine } = forged(change);
    for (const object of [...(secret ? [secret] : []), ...dataVolumes, virtualMachine]) {
      const taken = await cluster().create(object, { dryRun: true });
      // No field was dropped or changed; what was not named got a default.
      expect(taken).toMatchObject(JSON.parse(JSON.stringify(object)));
    }
  });

  it('with a wrong address of its card is refused, so that the dry run means something', async () => {
    const { virtualMachine } = forged({}, { nics: [{ name: 'default', on: 'pod', mac: 'nonsense' }] });
    await expect(cluster().create(virtualMachine, { dryRun: true })).rejects.toMatchObject({ code: 'invalid_spec' });
  });
});
