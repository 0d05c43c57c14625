import type { VirtualMachineRestore } from '../../types/kubevirt/virtual-machine-restore.js';
import type { VirtualMachineSnapshot } from '../../types/kubevirt/virtual-machine-snapshot.js';

/** Names a point of a system to return to. 40 + 1 + 40 characters, of 253. */
export const snapshotName = (system: string, name: string): string => `${system}-${name}`;

const vmRef = (name: string) => ({ apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name });

type Place = { namespace: string; labels: Record<string, string> };

/** All lasting disks of a VM at one moment, and its definition. What a stop would lose is not in it. */
export function forgeSnapshot(place: Place, system: string, name: string): VirtualMachineSnapshot {
  return {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineSnapshot',
    metadata: { name: snapshotName(system, name), ...place },
    spec: { source: vmRef(system), failureDeadline: '5m' },
  };
}

/** The way back. The VM is stopped for it. `id` tells restores of one snapshot apart. */
export function forgeRestore(place: Place, system: string, name: string, id: string): VirtualMachineRestore {
  return {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineRestore',
    metadata: { name: `${snapshotName(system, name)}-${id}`, ...place },
    spec: {
      target: vmRef(system),
      virtualMachineSnapshotName: snapshotName(system, name),
      targetReadinessPolicy: 'StopTarget',
    },
  };
}
