import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import type { V1PodDNSConfig } from '@kubernetes/client-node';
import { RuntimeError } from '../../../port/runtime-error.js';
import type { Secret } from '../../client/kinds.js';
import type { DataVolume } from '../../types/cdi/data-volume.js';
import type { DomainSpec } from '../../types/kubevirt/domain-spec.js';
import type { VirtualMachine } from '../../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstanceSpec } from '../../types/kubevirt/virtual-machine-instance-spec.js';
import { bytesQuantity, cpuQuantity } from '../quantity.js';
import { forgeCloudInit } from './cloud-init.js';
import { forgeDataVolumes } from './data-volumes.js';
import type { DiskPlan } from './disk-plan.js';
import { forgeReadinessProbe } from './readiness-probe.js';
import { forgeDevices, forgeNetworks, forgeVolumes, podNic, type VmNic } from './vm-devices.js';
import { coresOf, powerdownGraceS } from './vm-limits.js';

export type VmForge = {
  namespace: string;
  system: VmSystemSpec;
  /** From `planDisks`. */
  disks: readonly DiskPlan[];
  /** On the VM, its disks and its Secret. */
  labels: Record<string, string>;
  /** On the pod as well; NetworkPolicies and Services select by them. */
  podLabels: Record<string, string>;
  annotations?: Record<string, string>;
  /** Default: the pod network alone. */
  nics?: readonly VmNic[];
  dns?: { policy: string; config?: V1PodDNSConfig };
  /** Share of its processors that is reserved for a VM; the rest it gets when they are free. Default 1. */
  cpuRequestShare?: number;
  /** Which nodes may run it. */
  nodeSelector?: Record<string, string>;
  priorityClassName?: string;
  /** For cloned and blank disks; undefined: the cluster's default. */
  storageClass?: string;
};

/**
 * The objects of one VM: what must be there first, and the VM. All are made once and then left alone (create, not
 * apply): a running VM takes changes of its template only at a restart, starting and stopping rewrites its run strategy,
 * and DataVolumes cannot be changed.
 */
export function forgeVirtualMachine(forge: VmForge): {
  secret?: Secret;
  dataVolumes: DataVolume[];
  virtualMachine: VirtualMachine;
} {
  const { namespace, labels, annotations, storageClass, system } = forge;
  return {
    secret: forgeCloudInit({ namespace, labels }, system),
    dataVolumes: forgeDataVolumes({ namespace, labels, annotations, storageClass }, forge.disks),
    virtualMachine: {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: system.name, namespace, labels, annotations },
      spec: {
        runStrategy: runStrategies[system.runStrategy],
        template: { metadata: { labels: { ...labels, ...forge.podLabels } }, spec: instanceSpec(forge) },
      },
    },
  };
}

/** What KubeVirt calls the run strategies of the lab file. */
const runStrategies = {
  always: 'Always',
  rerunOnFailure: 'RerunOnFailure',
  manual: 'Manual',
  halted: 'Halted',
} as const satisfies Record<VmSystemSpec['runStrategy'], string>;

function instanceSpec({
  system,
  disks,
  nics = [podNic],
  dns,
  cpuRequestShare = 1,
  nodeSelector = {},
  priorityClassName,
}: VmForge): VirtualMachineInstanceSpec {
  const probe = forgeReadinessProbe(system);
  return {
    hostname: system.name,
    domain: domainOf(system, disks, nics, cpuRequestShare),
    networks: forgeNetworks(nics),
    volumes: forgeVolumes(system, disks),
    terminationGracePeriodSeconds: powerdownGraceS,
    // Moves away from a node that is drained if its disks can be reached from another, and is stopped otherwise.
    evictionStrategy: 'LiveMigrateIfPossible',
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    ...(probe ? { readinessProbe: probe } : {}),
    ...(dns ? { dnsPolicy: dns.policy } : {}),
    ...(dns?.config ? { dnsConfig: dns.config } : {}),
  };
}

function domainOf(
  system: VmSystemSpec,
  disks: readonly DiskPlan[],
  nics: readonly VmNic[],
  cpuRequestShare: number,
): DomainSpec {
  return {
    machine: { type: 'q35' },
    // One socket and no room for more: KubeVirt would reserve memory for processors that are never plugged in.
    cpu: { sockets: 1, maxSockets: 1, cores: coresOf(system.cpus), threads: 1, ...modelOf(system) },
    memory: { guest: bytesQuantity(system.memoryBytes) },
    // No limit on memory: the guest cannot take more than it has, and would be killed when its emulator grows.
    resources: {
      requests: {
        cpu: cpuQuantity(system.cpus * cpuRequestShare),
        memory: bytesQuantity(system.memoryBytes),
      },
      limits: { cpu: cpuQuantity(system.cpus) },
    },
    firmware: { bootloader: system.firmware === 'uefi' ? { efi: { secureBoot: false } } : { bios: {} } },
    devices: forgeDevices(system, disks, nics),
  };
}

const cpuModelPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function modelOf({ name, cpuModel }: VmSystemSpec): { model?: string } {
  if (cpuModel === undefined) return {};
  if (cpuModelPattern.test(cpuModel)) return { model: cpuModel };
  const text = `The CPU model of ${name} must be "host-model", "host-passthrough" or the name of a QEMU model.`;
  throw new RuntimeError('invalid_spec', text, false);
}
