import type { ForgeFacts } from '../forge/forge-settings.js';

/** What a cluster can do, reported by it or tried on it, never assumed. */
export type ClusterFacts = {
  forge: ForgeFacts;
  /** KubeVirt and CDI are installed and say that they are deployed. */
  vms: boolean;
  /** A node offers hardware virtualization to KubeVirt. */
  kvm: boolean;
  /** KubeVirt can keep disks of VMs as they are, by a VolumeSnapshotClass of the storage. */
  snapshots: boolean;
  /** `v1.34.4` */
  version: string;
  /** What does not work here, in plain sentences for the operator. */
  limitations: string[];
};
