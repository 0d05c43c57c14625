import type { DiskSpec, ImageSpec, VmSystemSpec } from '@lab-orchestrator/contracts';

const MiB = 2 ** 20;

/** A disk image of a spec. */
export function diskImage(id: string, source: ImageSpec['source']): ImageSpec {
  return { id, name: id, kind: 'disk', source };
}

export const containerDisk = diskImage('tiny', { kind: 'containerDisk', reference: 'registry.test/tiny-vm:1' });
export const webImage = diskImage('web', {
  kind: 'http',
  url: 'https://images.test/web.qcow2',
  sha256: 'a'.repeat(64),
});

/** A root disk that is the image itself. */
export const rootDisk: DiskSpec = {
  kind: 'image',
  name: 'root',
  bus: 'virtio',
  persistent: false,
  image: containerDisk,
};

/** A small VM; what a case is about is overridden. */
export function vmSystem(change: Partial<VmSystemSpec> = {}): VmSystemSpec {
  return {
    name: 'server',
    title: 'Server',
    kind: 'vm',
    networks: ['lan'],
    forwarding: false,
    cpus: 1,
    memoryBytes: 128 * MiB,
    firmware: 'bios',
    runStrategy: 'always',
    disks: [rootDisk],
    access: [{ name: 'console', kind: 'serial' }],
    ready: { timeoutS: 120 },
    ...change,
  };
}
