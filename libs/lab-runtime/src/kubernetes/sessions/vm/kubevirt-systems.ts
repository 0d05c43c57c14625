import type { SessionSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { macAddress } from '../../../local/names.js';
import type { KubeObject } from '../../client/kube-object.js';
import type { ForgeFacts } from '../../forge/forge-settings.js';
import { usesMultus } from '../../forge/multus.js';
import { planDisks } from '../../forge/vm/disk-plan.js';
import { forgeVirtualMachine } from '../../forge/vm/virtual-machine.js';
import { podNic, type VmNic } from '../../forge/vm/vm-devices.js';
import type { ClusterImages } from '../../images/cluster-images.js';
import { label, labelsOf, networkLabels } from '../../labels.js';
import { namespaceOf, networkPolicyName } from '../../names.js';
import type { VmSystems } from '../vm-systems.js';
import { VmPower, type VmPowerParts } from './vm-power.js';

export type KubeVirtParts = VmPowerParts & {
  images: Pick<ClusterImages, 'origins'>;
  /** For the disks of VMs; undefined: the cluster's default. */
  storageClass?: string;
  /** Which nodes may run VMs. */
  nodeSelector: Record<string, string>;
  priorityClassName?: string;
  /** Share of its processors that is reserved for a VM. Default 1. */
  cpuRequestShare?: number;
  /** On VMs and their disks. */
  annotations?: Record<string, string>;
};

/** Virtual machines of sessions through KubeVirt, their disks through CDI. */
export function kubeVirtSystems(parts: KubeVirtParts): VmSystems {
  const power = new VmPower(parts);
  return {
    forge: (session, system, facts) => forge(parts, session, system, facts),
    pause: (target, hibernate) => power.pause(target, hibernate),
    resume: (target) => power.resume(target),
    restart: (target) => power.restart(target),
  };
}

async function forge(
  { images, instance, storageClass, nodeSelector, priorityClassName, cpuRequestShare, annotations }: KubeVirtParts,
  session: SessionSpec,
  system: VmSystemSpec,
  facts: ForgeFacts,
): Promise<KubeObject[]> {
  const labels = { ...labelsOf(instance, session.sessionId, system.name), [label.kind]: 'vm' };
  const { secret, dataVolumes, virtualMachine } = forgeVirtualMachine({
    namespace: namespaceOf(instance, session.sessionId),
    system,
    disks: planDisks(system.name, system.disks, await images.origins(system)),
    labels,
    podLabels: networkLabels(system.networks),
    annotations,
    nics: nicsOf(session, system, facts),
    storageClass,
    nodeSelector,
    priorityClassName,
    cpuRequestShare,
  });
  return [...(secret ? [secret] : []), ...dataVolumes, virtualMachine];
}

/**
 * The pod's network, and each lab network where they are networks of their own. Addresses of the hardware stay the same
 * over restarts: what a guest sets up for its card on the first boot must fit on the second.
 */
function nicsOf(session: SessionSpec, system: VmSystemSpec, facts: ForgeFacts): VmNic[] {
  const mac = (network: string) => macAddress(session.sessionId, system.name, network);
  const pod = { ...podNic, mac: mac('') };
  if (!usesMultus(session, facts)) return [pod];
  const networks = system.networks.map((name): VmNic => ({
    name,
    on: 'attachment',
    networkName: networkPolicyName(name),
    mac: mac(name),
  }));
  return [pod, ...networks];
}
