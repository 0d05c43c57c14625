import { hasStatus } from '../../client/api-error.js';
import type { Cluster } from '../../client/cluster.js';

/** What KubeVirt can be told to do, and to which of its two objects. */
const verbs = {
  start: 'virtualmachines',
  stop: 'virtualmachines',
  restart: 'virtualmachines',
  pause: 'virtualmachineinstances',
  unpause: 'virtualmachineinstances',
  reset: 'virtualmachineinstances',
} as const;
export type VmVerb = keyof typeof verbs;

/**
 * Tells KubeVirt to do something with a VM. `accepted` may mean done or only noted: the status tells. `conflict`: its
 * state does not allow it, often because it is so already. `gone`: there is no such VM, or it does not run.
 */
export async function tellVm(
  cluster: Cluster,
  namespace: string,
  name: string,
  verb: VmVerb,
  signal?: AbortSignal,
): Promise<'accepted' | 'conflict' | 'gone'> {
  const path = `/apis/subresources.kubevirt.io/v1/namespaces/${namespace}/${verbs[verb]}/${name}/${verb}`;
  try {
    await cluster.put(path, {}, { signal });
    return 'accepted';
  } catch (error) {
    if (hasStatus(error, 409)) return 'conflict';
    if (hasStatus(error, 404)) return 'gone';
    throw error;
  }
}
