import type { ForgeFacts } from '../forge/forge-settings.js';

/** What a cluster can do, reported by it or tried on it, never assumed. */
export type ClusterFacts = {
  forge: ForgeFacts;
  /** Machines can be started: KubeVirt and CDI are installed and say that they are available. */
  vms: boolean;
  /**
   * The API has the kinds of KubeVirt and CDI, and we may list them: machines can be looked at, also while KubeVirt is
   * being upgraded.
   */
  vmKinds: boolean;
  /** A node offers hardware virtualization to KubeVirt. */
  kvm: boolean;
  /** KubeVirt can keep disks of VMs as they are, by a VolumeSnapshotClass of the storage. */
  snapshots: boolean;
  /** `v1.34.4` */
  version: string;
  /** What does not work here, in plain sentences for the operator. */
  limitations: string[];
};
