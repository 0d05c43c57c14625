import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';

const MiB = 2 ** 20;
const busybox = 'registry.test/busybox:1';

/** Makes the stand-in for KubeVirt walk a machine through its phases by the clock, without pod and guest. */
export const noGuest = { 'test.lab/no-guest': 'true' };

/** The smallest container that a lab can have. Its shell is what must answer before it is ready. */
export function container(name: string): SystemSpec {
  return {
    name,
    title: name,
    kind: 'container',
    image: { id: 'busybox', name: 'busybox', kind: 'container', source: { kind: 'container', reference: busybox } },
    networks: ['lan'],
    forwarding: false,
    root: false,
    command: ['sleep', '3600'],
    cpus: 0.1,
    memoryBytes: 32 * MiB,
    access: [{ name: 'shell', kind: 'terminal', command: ['sh'] }],
    ready: { timeoutS: 600 },
    environment: {},
    files: [],
  };
}

export function machine(name: string): SystemSpec {
  const source = { kind: 'containerDisk', reference: 'registry.test/tiny-vm:1' } as const;
  const image = { id: 'tiny', name: 'tiny', kind: 'disk', source } as const;
  return {
    name,
    title: name,
    kind: 'vm',
    networks: ['lan'],
    forwarding: false,
    cpus: 1,
    memoryBytes: 128 * MiB,
    firmware: 'bios',
    runStrategy: 'always',
    disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: false, image }],
    access: [{ name: 'console', kind: 'serial' }],
    ready: { timeoutS: 900 },
  };
}

/** A session of these systems on one network without internet. */
export function labOf(...systems: SystemSpec[]): SessionSpec {
  return { sessionId: crypto.randomUUID(), generation: 1, networks: [{ name: 'lan', internet: false }], systems };
}
