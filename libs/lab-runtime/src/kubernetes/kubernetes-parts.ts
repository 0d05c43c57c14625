import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import type { ClusterState } from './capacity/cluster-state.js';
import type { Cluster } from './client/cluster.js';
import type { SessionApplier } from './sessions/session-applier.js';
import type { SessionObserver } from './sessions/session-observer.js';
import type { SessionPauser } from './sessions/session-pauser.js';
import type { SessionRemover } from './sessions/session-remover.js';
import type { RemovalLedger } from './sessions/ledger.js';
import type { SessionView } from './watch/session-view.js';

/** Golden images, and what is known of container images. */
export type KubernetesImages = {
  ensure(image: ImageSpec, signal?: AbortSignal): Promise<ImageObservation>;
  ids(): Promise<string[]>;
  remove(imageId: string): Promise<void>;
};

/** What the Kubernetes runtime is made of. */
export type KubernetesParts = {
  instance: string;
  cluster: Cluster;
  view: SessionView;
  state: ClusterState;
  ledger: RemovalLedger;
  applier: SessionApplier;
  observer: SessionObserver;
  remover: SessionRemover;
  pauser: SessionPauser;
  images: KubernetesImages;
};
