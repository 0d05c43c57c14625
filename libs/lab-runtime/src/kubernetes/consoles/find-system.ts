import { RuntimeError } from '../../port/runtime-error.js';
import type { Cluster } from '../client/cluster.js';
import { type Pod, kinds } from '../client/kinds.js';
import type { VmPlace } from './open-vm-console.js';
import type { PodPlace } from './pod-exec.js';

export type FoundSystem = { kind: 'container'; place: PodPlace; pod: Pod } | { kind: 'vm'; place: VmPlace };

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/**
 * What a system of a session is: both kinds are named after it. A pod that is being deleted still runs commands until
 * its grace period ends, but it is no longer the system: that is paused, restarts or ends.
 * @throws RuntimeError `not_found` when it is neither
 */
export async function findSystem(
  cluster: Pick<Cluster, 'read'>,
  namespace: string,
  system: string,
  signal?: AbortSignal,
): Promise<FoundSystem> {
  const pod = await cluster.read({ kind: kinds.pod, namespace, name: system }, { signal });
  if (pod !== undefined && pod.metadata.deletionTimestamp === undefined) {
    const container = pod.metadata.annotations?.[defaultContainer] ?? pod.spec?.containers[0]?.name ?? system;
    return { kind: 'container', place: { namespace, pod: system, container }, pod };
  }
  const vm = await readMachine(cluster, namespace, system, signal);
  if (vm !== undefined) return { kind: 'vm', place: { namespace, vm: system } };
  throw new RuntimeError('not_found', `The session has no system ${system}, or it is not started.`, false);
}

/** On a cluster without KubeVirt the kind does not exist, which the API server says by the same 404. */
function readMachine(cluster: Pick<Cluster, 'read'>, namespace: string, name: string, signal?: AbortSignal) {
  return cluster.read({ kind: kinds.virtualMachine, namespace, name }, { signal });
}
