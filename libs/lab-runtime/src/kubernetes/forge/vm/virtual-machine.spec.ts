import type { DiskSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { containerDisk, rootDisk, vmSystem, webImage } from '../../testing/vm-system.js';
import { cloudInitName, seedDisk } from './cloud-init.js';
import { type DiskOrigin, planDisks } from './disk-plan.js';
import { forgeReadinessProbe } from './readiness-probe.js';
import { type VmForge, forgeVirtualMachine } from './virtual-machine.js';
import { maxCloudInitBytes, maxDisks } from './vm-limits.js';

const GiB = 2 ** 30;
const originOf = (disk: DiskSpec): DiskOrigin =>
  disk.kind !== 'empty' && disk.image.id === 'web'
    ? { from: 'golden', namespace: 'lab-images', name: 'web', sizeBytes: GiB }
    : { from: 'containerDisk', reference: 'registry.test/tiny-vm:1' };

function forged(change: Partial<VmSystemSpec> = {}, more: Partial<VmForge> = {}) {
  const system = vmSystem(change);
  return forgeVirtualMachine({
    namespace: 'lab-s1',
    system,
    disks: planDisks(system.name, system.disks, originOf),
    labels: { 'lab-orchestrator.dev/system': 'server' },
    podLabels: { 'lab-orchestrator.dev/network.lan': 'true' },
    ...more,
  });
}
const specOf = (change: Partial<VmSystemSpec>, more?: Partial<VmForge>) =>
  forged(change, more).virtualMachine.spec.template.spec;

const disks: DiskSpec[] = [
  { kind: 'image', name: 'root', bus: 'virtio', persistent: true, image: webImage, sizeBytes: 2 * GiB },
  { kind: 'image', name: 'small', bus: 'scsi', persistent: false, image: webImage, sizeBytes: 1 },
  { kind: 'empty', name: 'data', bus: 'sata', persistent: false, sizeBytes: 64 },
  { kind: 'empty', name: 'kept', bus: 'scsi', persistent: true, sizeBytes: 32 },
  { kind: 'cdrom', name: 'tools', bus: 'virtio', persistent: false, image: containerDisk },
];

describe('a virtual machine of a session', () => {
  it('is what the lab file asks for', () => {
    expect(forged().virtualMachine).toMatchInlineSnapshot(`
      {
        "apiVersion": "kubevirt.io/v1",
        "kind": "VirtualMachine",
        "metadata": {
          "annotations": undefined,
          "labels": {
            "lab-orchestrator.dev/system": "server",
          },
          "name": "server",
          "namespace": "lab-s1",
        },
        "spec": {
          "runStrategy": "Always",
          "template": {
            "metadata": {
              "labels": {
                "lab-orchestrator.dev/network.lan": "true",
                "lab-orchestrator.dev/system": "server",
              },
            },
            "spec": {
              "domain": {
                "cpu": {
                  "cores": 1,
                  "maxSockets": 1,
                  "sockets": 1,
                  "threads": 1,
                },
                "devices": {
                  "disks": [
                    {
                      "bootOrder": 1,
                      "disk": {
                        "bus": "virtio",
                      },
                      "name": "root",
                    },
                  ],
                  "inputs": [
                    {
                      "bus": "usb",
                      "name": "tablet",
                      "type": "tablet",
                    },
                  ],
                  "interfaces": [
                    {
                      "masquerade": {},
                      "name": "default",
                    },
                  ],
                  "logSerialConsole": false,
                  "rng": {},
                },
                "firmware": {
                  "bootloader": {
                    "bios": {},
                  },
                },
                "machine": {
                  "type": "q35",
                },
                "memory": {
                  "guest": "134217728",
                },
                "resources": {
                  "limits": {
                    "cpu": "1000m",
                  },
                  "requests": {
                    "cpu": "1000m",
                    "memory": "134217728",
                  },
                },
              },
              "evictionStrategy": "LiveMigrateIfPossible",
              "hostname": "server",
              "networks": [
                {
                  "name": "default",
                  "pod": {},
                },
              ],
              "terminationGracePeriodSeconds": 8,
              "volumes": [
                {
                  "containerDisk": {
                    "image": "registry.test/tiny-vm:1",
                    "imagePullPolicy": "IfNotPresent",
                  },
                  "name": "root",
                },
              ],
            },
          },
        },
      }
    `);
  });

  it('has a disk for each of the lab, booted in their order', () => {
    const spec = specOf({ disks });
    expect(spec?.domain.devices.disks).toEqual([
      { name: 'root', bootOrder: 1, disk: { bus: 'virtio' } },
      { name: 'small', bootOrder: 2, disk: { bus: 'scsi' } },
      { name: 'data', bootOrder: 3, disk: { bus: 'sata' } },
      { name: 'kept', bootOrder: 4, disk: { bus: 'scsi' } },
      { name: 'tools', bootOrder: 5, cdrom: { bus: 'sata', readonly: true } },
    ]);
    expect(spec?.volumes).toEqual([
      { name: 'root', dataVolume: { name: 'server-root' } },
      { name: 'small', dataVolume: { name: 'server-small' } },
      { name: 'data', emptyDisk: { capacity: '64' } },
      { name: 'kept', dataVolume: { name: 'server-kept' } },
      { name: 'tools', containerDisk: { image: 'registry.test/tiny-vm:1', imagePullPolicy: 'IfNotPresent' } },
    ]);
  });

  it('clones what is golden, never smaller than it is, and makes lasting empty disks', () => {
    const { dataVolumes } = forged({ disks }, { storageClass: 'fast' });
    expect(dataVolumes.map(({ metadata: { name, labels }, spec }) => ({ name, labels, spec }))).toEqual([
      {
        name: 'server-root',
        labels: { 'lab-orchestrator.dev/system': 'server', 'lab-orchestrator.dev/image': 'web' },
        spec: {
          sourceRef: { kind: 'DataSource', namespace: 'lab-images', name: 'web' },
          storage: { storageClassName: 'fast', resources: { requests: { storage: String(2 * GiB) } } },
        },
      },
      expect.objectContaining({
        name: 'server-small',
        spec: expect.objectContaining({
          storage: { storageClassName: 'fast', resources: { requests: { storage: String(GiB) } } },
        }),
      }),
      {
        name: 'server-kept',
        labels: { 'lab-orchestrator.dev/system': 'server' },
        spec: {
          source: { blank: {} },
          storage: { storageClassName: 'fast', resources: { requests: { storage: '32' } } },
        },
      },
    ]);
  });

  it.each([
    ['always', 'Always'],
    ['rerunOnFailure', 'RerunOnFailure'],
    ['manual', 'Manual'],
    ['halted', 'Halted'],
  ] as const)('runs %s as %s', (runStrategy, kubeVirt) => {
    expect(forged({ runStrategy }).virtualMachine.spec.runStrategy).toBe(kubeVirt);
  });

  it.each([
    [0.25, 1, '250m'],
    [1, 1, '1000m'],
    [1.5, 2, '1500m'],
    [4, 4, '4000m'],
  ])('gives %f CPUs as %i cores limited to %s', (cpus, cores, limit) => {
    const domain = specOf({ cpus })?.domain;
    expect(domain?.cpu).toMatchObject({ cores, sockets: 1 });
    expect(domain?.resources).toMatchObject({ limits: { cpu: limit }, requests: { cpu: limit } });
  });

  it('starts by UEFI without secure boot', () => {
    expect(specOf({ firmware: 'uefi' })?.domain.firmware).toEqual({ bootloader: { efi: { secureBoot: false } } });
  });

  it('is put where labs belong, with their priority', () => {
    expect(specOf({}, { nodeSelector: { pool: 'labs' }, priorityClassName: 'low' })).toMatchObject({
      nodeSelector: { pool: 'labs' },
      priorityClassName: 'low',
    });
    expect(specOf({}, { nodeSelector: {} })).not.toHaveProperty('nodeSelector');
  });

  it('takes names of CPU models only', () => {
    expect(specOf({ cpuModel: 'host-model' })?.domain.cpu?.model).toBe('host-model');
    expect(() => specOf({ cpuModel: 'host,+svm"' })).toThrow(/CPU model of server/);
  });

  it('is connected to what it is given', () => {
    const nics = [{ name: 'lan', on: 'attachment', networkName: 'lan', mac: '02:00:00:00:00:01' }] as const;
    const spec = specOf({}, { nics });
    expect(spec?.networks).toEqual([{ name: 'lan', multus: { networkName: 'lan' } }]);
    expect(spec?.domain.devices.interfaces).toEqual([{ name: 'lan', bridge: {}, macAddress: '02:00:00:00:00:01' }]);
  });
});

describe('the cloud-init of a virtual machine', () => {
  it('is a Secret and a disk that is never booted', () => {
    const { secret, virtualMachine } = forged({
      cloudInit: { userData: '#cloud-config\n', networkData: 'version: 2' },
    });
    expect(secret).toMatchObject({ metadata: { name: 'server-cloud-init', namespace: 'lab-s1' }, type: 'Opaque' });
    expect(secret?.data).toEqual({ userdata: 'I2Nsb3VkLWNvbmZpZwo=', networkdata: 'dmVyc2lvbjogMg==' });
    const name = { name: cloudInitName('server') };
    const spec = virtualMachine.spec.template.spec;
    expect(spec?.volumes?.at(-1)).toEqual({
      name: seedDisk,
      cloudInitNoCloud: { secretRef: name, networkDataSecretRef: name },
    });
    expect(spec?.domain.devices.disks?.at(-1)).toEqual({ name: seedDisk, disk: { bus: 'virtio' } });
  });

  it('has no network data where the lab gives none', () => {
    const { secret, virtualMachine } = forged({ cloudInit: { userData: 'x' } });
    expect(Object.keys(secret?.data ?? {})).toEqual(['userdata']);
    expect(virtualMachine.spec.template.spec?.volumes?.at(-1)?.cloudInitNoCloud).toEqual({
      secretRef: { name: 'server-cloud-init' },
    });
  });

  it('is refused when it does not fit into a Secret', () => {
    const userData = 'x'.repeat(maxCloudInitBytes);
    expect(forged({ cloudInit: { userData } }).secret).toBeDefined();
    expect(() => forged({ cloudInit: { userData, networkData: 'y' } })).toThrow(/at most 524288/);
  });
});

describe('what says that a virtual machine is ready', () => {
  const web = { name: 'site', kind: 'web', port: 8080, path: '/' } as const;
  it.each([
    ['the port of the lab', { ready: { tcp: 22, timeoutS: 9 }, access: [web] }, 22],
    ['the first web page', { ready: { timeoutS: 9 }, access: [{ name: 'c', kind: 'serial' as const }, web] }, 8080],
    ['nothing but that it runs', { ready: { timeoutS: 9 }, access: [] }, undefined],
  ])('is %s', (_what, system, port) => {
    expect(forgeReadinessProbe(system)?.tcpSocket?.port).toBe(port);
  });
});

describe('disks that are refused', () => {
  const many = (count: number, change: Partial<DiskSpec> = {}) =>
    Array.from({ length: count }, (_, n): DiskSpec => ({ ...rootDisk, name: `d${n}`, ...change }) as DiskSpec);
  it.each([
    ['too many', many(maxDisks + 1), /at most 8 disks/],
    ['too many on SATA', many(7, { bus: 'sata' }), /at most 6 SATA/],
    ['too large', [{ ...disks[2], sizeBytes: 300 * GiB } as DiskSpec], /bytes together/],
  ])('%s', (_what, refused, text) => {
    expect(() => planDisks('server', refused, originOf)).toThrow(text);
  });
});
