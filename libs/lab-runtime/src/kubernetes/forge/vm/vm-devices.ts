import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import type { Devices } from '../../types/kubevirt/devices.js';
import type { Disk } from '../../types/kubevirt/disk.js';
import type { Interface } from '../../types/kubevirt/interface.js';
import type { Network } from '../../types/kubevirt/network.js';
import type { Volume } from '../../types/kubevirt/volume.js';
import { seedDisk, seedVolume } from './cloud-init.js';
import { bytesQuantity } from '../quantity.js';
import type { DiskPlan } from './disk-plan.js';

/** How a VM reaches a network: the pod's own (through NAT, the guest sees 10.0.2.2) or an attachment of Multus. */
export type VmNic =
  | { name: string; on: 'pod'; mac?: string }
  | { name: string; on: 'attachment'; networkName: string; mac?: string };

export const podNic: VmNic = { name: 'default', on: 'pod' };

/** What is plugged into the VM. Disks boot in the order of the lab file; the seed of cloud-init never does. */
export function forgeDevices(system: VmSystemSpec, disks: readonly DiskPlan[], nics: readonly VmNic[]): Devices {
  return {
    disks: [
      ...disks.map((disk, n): Disk => ({ name: disk.name, bootOrder: n + 1, ...target(disk) })),
      ...(system.cloudInit ? [{ name: seedDisk, disk: { bus: 'virtio' } }] : []),
    ],
    interfaces: nics.map(interfaceOf),
    // A pointer that goes where the browser's pointer is; a mouse would drift.
    inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }],
    rng: {},
    // Without it KubeVirt prints all that a guest writes to its console into the logs of the node.
    logSerialConsole: false,
  };
}

export function forgeNetworks(nics: readonly VmNic[]): Network[] {
  return nics.map((nic) =>
    nic.on === 'pod' ? { name: nic.name, pod: {} } : { name: nic.name, multus: { networkName: nic.networkName } },
  );
}

export function forgeVolumes(system: VmSystemSpec, disks: readonly DiskPlan[]): Volume[] {
  const seed = seedVolume(system);
  return [...disks.map(volumeOf), ...(seed ? [seed] : [])];
}

const target = ({ bus, cdrom }: DiskPlan): Pick<Disk, 'disk' | 'cdrom'> =>
  cdrom ? { cdrom: { bus, readonly: true } } : { disk: { bus } };

function interfaceOf({ name, on, mac }: VmNic): Interface {
  const address = mac === undefined ? {} : { macAddress: mac };
  return on === 'pod' ? { name, masquerade: {}, ...address } : { name, bridge: {}, ...address };
}

function volumeOf({ name, source }: DiskPlan): Volume {
  switch (source.kind) {
    case 'containerDisk':
      return { name, containerDisk: { image: source.reference, imagePullPolicy: 'IfNotPresent' } };
    case 'emptyDisk':
      return { name, emptyDisk: { capacity: bytesQuantity(source.sizeBytes) } };
    case 'clone':
    case 'blank':
      return { name, dataVolume: { name: source.claim } };
  }
}
