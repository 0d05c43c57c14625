import type { ResolvedLab, ResolvedSystem } from '@lab-orchestrator/lab-folder';
import { UserError } from '@lab-orchestrator/platform';
import type { RuntimeFeatures } from './runtime-capacity.js';

/** What a system needs that not every runtime can do, and what an operator can do about it. */
const needs: { feature: keyof RuntimeFeatures; of: (system: ResolvedSystem) => boolean; text: string }[] = [
  {
    feature: 'vms',
    of: ({ kind }) => kind === 'vm',
    text: 'is a virtual machine, and none can run here (a cluster needs KubeVirt and CDI, one machine needs QEMU)',
  },
  {
    feature: 'forwarding',
    of: (system) => system.kind === 'container' && system.forwarding,
    text: 'routes between its networks, and no container can do that here (a cluster needs Multus, user namespaces, and Pod Security “privileged” allowed to labs)',
  },
  {
    feature: 'userNamespaces',
    of: (system) => system.kind === 'container' && (system.root || system.forwarding),
    text: 'works as root, and root cannot be confined here (the container engine needs user namespaces, a cluster Pod Security “baseline”, too)',
  },
];

const noObjects = {
  path: 'kubernetes.objects',
  message:
    'it brings Kubernetes objects of its own, and none may be made here (it needs a cluster, and labs.kubernetesObjects in the values of the chart)',
};

type Needing = Pick<ResolvedLab, 'systems' | 'kubernetesObjects'>;

/**
 * Refuses a lab that the runtime can never run, before anything of it starts.
 * @throws UserError `lab_unsupported`, with a line for each part that cannot be
 */
export function refuseUnsupported({ systems, kubernetesObjects }: Needing, features: RuntimeFeatures): void {
  const errors = systems.flatMap((system) => {
    const lacking = needs.find(({ feature, of }) => !features[feature] && of(system));
    return lacking ? [{ path: `systems.${system.name}`, message: `“${system.title}” ${lacking.text}` }] : [];
  });
  if (kubernetesObjects.length > 0 && !features.kubernetesObjects) errors.push(noObjects);
  if (errors.length === 0) return;
  throw new UserError('lab_unsupported', {
    status: 409,
    detail: 'This lab cannot run on this platform. Tell your lecturer or the operator:',
    errors,
  });
}
