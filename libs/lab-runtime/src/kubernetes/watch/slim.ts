import type { Pod } from '../client/kinds.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../types/kubevirt/virtual-machine-instance.js';

// Thousands of objects are held by every process, so each is held without what `inspect` and `sessions` never read.

/** Of a pod's wish only its node and the images are read again; a restart reads the rest anew. */
export function slimPod(pod: Pod): Pod {
  const { spec } = pod;
  if (!spec) return pod;
  const containers = spec.containers.map(({ name, image, resources }) => ({ name, image, resources }));
  return { ...pod, spec: { containers, nodeName: spec.nodeName } };
}

/** Of a VM's wish: whether it is to run, and what its disks are made of, which tells what outlasts a stop. */
export function slimMachine(vm: VirtualMachine): VirtualMachine {
  const { spec, status } = vm;
  const { domain, volumes } = spec.template.spec ?? {};
  const kept = domain && { domain: { devices: { disks: domain.devices.disks } }, volumes };
  return {
    ...vm,
    spec: { runStrategy: spec.runStrategy, template: { spec: kept } },
    status: status && {
      printableStatus: status.printableStatus,
      conditions: status.conditions,
      startFailure: status.startFailure,
      stateChangeRequests: status.stateChangeRequests,
    },
  };
}

/** The wish of a running machine is read from its VM, but for the images that it could not pull. */
export function slimInstance(vmi: VirtualMachineInstance): VirtualMachineInstance {
  const { spec, status } = vmi;
  return {
    ...vmi,
    spec: { domain: { devices: {} }, volumes: spec.volumes },
    status: status && {
      phase: status.phase,
      conditions: status.conditions,
      interfaces: status.interfaces,
      nodeName: status.nodeName,
      phaseTransitionTimestamps: status.phaseTransitionTimestamps,
    },
  };
}

/** Where a disk comes from and how large it is, nobody asks again. */
export function slimDisk(disk: DataVolume): DataVolume {
  return { ...disk, spec: {} };
}
