import type { ClusterState } from './capacity/cluster-state.js';
import type { Cluster } from './client/cluster.js';
import type { ClusterImages } from './images/cluster-images.js';
import type { SessionApplier } from './sessions/session-applier.js';
import type { SessionObserver } from './sessions/session-observer.js';
import type { SessionPauser } from './sessions/session-pauser.js';
import type { SessionRemover } from './sessions/session-remover.js';
import type { VmSnapshots } from './sessions/vm/vm-snapshots.js';
import type { RemovalLedger } from './sessions/ledger.js';
import type { SessionView } from './watch/session-view.js';

/** What it takes to build and follow sessions. Made when first needed: whoever opens consoles only may read little. */
export type SessionParts = {
  view: SessionView;
  ledger: RemovalLedger;
  applier: SessionApplier;
  observer: SessionObserver;
  remover: SessionRemover;
  pauser: SessionPauser;
  images: ClusterImages;
  /** Undefined while the cluster has no KubeVirt. */
  readonly snapshots?: VmSnapshots;
};

/** What the Kubernetes runtime is made of. */
export type KubernetesParts = {
  instance: string;
  cluster: Cluster;
  state: ClusterState;
  /** Labs may bring objects of an administrator. */
  extraObjects: boolean;
  sessions(): Promise<SessionParts>;
};
