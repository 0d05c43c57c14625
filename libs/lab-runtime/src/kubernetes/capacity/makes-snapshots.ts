import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';

/**
 * Whether disks of VMs can be kept as they are and put back: KubeVirt has the kind, and some storage makes snapshots.
 * Whether the storage below one VM does shows when it is tried.
 */
export async function makesSnapshots(cluster: Cluster): Promise<boolean> {
  try {
    const [classes] = await Promise.all([
      cluster.list(kinds.volumeSnapshotClass),
      cluster.get('/apis/snapshot.kubevirt.io/v1beta1'),
    ]);
    return classes.length > 0;
  } catch (error) {
    if (hasStatus(error, 403, 404)) return false;
    throw error;
  }
}
