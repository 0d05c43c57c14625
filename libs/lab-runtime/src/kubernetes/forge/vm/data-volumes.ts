import { ApiError } from '../../client/api-error.js';
import type { DataVolume } from '../../types/cdi/data-volume.js';
import { bytesQuantity } from '../quantity.js';
import type { DiskPlan } from './disk-plan.js';

export type DataVolumePlace = {
  namespace: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  /** Undefined: the cluster's default. */
  storageClass?: string;
};

/** On clones: the image they were made from. Image ids fit into a label (63 characters). */
export const imageLabel = 'lab-orchestrator.dev/image';
/** CDI used to delete finished DataVolumes, and can be told to; ours are how we know that a disk is finished. */
const keepWhenDone = { 'cdi.kubevirt.io/storage.deleteAfterCompletion': 'false' };

/**
 * The DataVolumes of a VM's lasting disks. The platform creates them itself, not as `dataVolumeTemplates`: those are
 * created in the name of the session's default service account, which would then need a right to clone golden images.
 */
export function forgeDataVolumes(place: DataVolumePlace, disks: readonly DiskPlan[]): DataVolume[] {
  return disks.flatMap(({ source }) => {
    switch (source.kind) {
      case 'containerDisk':
      case 'emptyDisk':
        return [];
      case 'clone': {
        const { namespace, name } = source.golden;
        const made = dataVolume(place, source.claim, source.sizeBytes, {
          sourceRef: { kind: 'DataSource', namespace, name },
        });
        return [{ ...made, metadata: { ...made.metadata, labels: { ...place.labels, [imageLabel]: name } } }];
      }
      case 'blank':
        return [dataVolume(place, source.claim, source.sizeBytes, { source: { blank: {} } })];
    }
  });
}

/** `storage` and not `pvc`: CDI then picks access and volume mode for the storage class, and adds room for a file system. */
export function dataVolume(
  place: DataVolumePlace,
  name: string,
  sizeBytes: number,
  source: Pick<DataVolume['spec'], 'source' | 'sourceRef'>,
): DataVolume {
  const { namespace, labels, annotations, storageClass } = place;
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name, namespace, labels, annotations: { ...keepWhenDone, ...annotations } },
    spec: {
      ...source,
      storage: {
        resources: { requests: { storage: bytesQuantity(sizeBytes) } },
        ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      },
    },
  };
}

/**
 * CDI refuses a DataVolume whose claim is there already, before the API server can say that the DataVolume itself is:
 * somebody else has just made it, or the claim of the last one is still being deleted.
 */
export function claimIsThere(error: unknown): boolean {
  return error instanceof ApiError && /Destination PVC \S+ already exists/.test(error.message);
}
