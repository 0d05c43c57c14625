import type { ImageSpec } from '@lab-orchestrator/contracts';
import type { ClusterDns } from './dns-access.js';
import type { NetworkPlugin } from './network-plugin.js';

/** Levels of the Pod Security Standards, from the strictest. */
export const podSecurityLevels = ['restricted', 'baseline', 'privileged'] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** What the installation decides about the objects of its labs. */
export type ForgeSettings = {
  instance: string;
  /** The reference a pod pulls an image by. Throws `unsupported` for one that cannot be pulled. */
  imageReference(image: ImageSpec): string;
  /** Names of pull secrets that exist in each session's namespace (see `kubernetesObjects`) or in its service account. */
  imagePullSecrets: readonly string[];
  /** Part of a container's CPU limit that is reserved for it; containers of labs idle most of the time. */
  cpuRequestShare: number;
  /** What a container may write to its own layer and empty volumes, in bytes. */
  containerDiskBytes: number;
  /** Which pods answer names. Labs may ask them and nothing else outside. */
  dns: ClusterDns;
  /** Which pods forward ports of virtual machines. Default: `virt-api` in the namespace `kubevirt`. */
  virtApi?: { namespace?: string; podLabels?: Record<string, string> };
  /** Ranges that `internet: true` does not open, beside private, link-local and reserved ones. */
  closedRanges: readonly string[];
  /** The least strict level that a namespace may get. A lab that needs a lower one is refused. */
  lowestPodSecurity: PodSecurityLevel;
  /** What connects the interfaces of a lab network where the cluster has Multus. */
  networkPlugin: NetworkPlugin;
  nodeSelector: Record<string, string>;
  runtimeClassName?: string;
  priorityClassName?: string;
};

/** What the cluster can do, as far as it changes what is forged. Probed, never assumed. */
export type ForgeFacts = {
  userNamespaces: boolean;
  multus: boolean;
  /** KubeVirt's launcher pods have a seccomp profile, so that they pass the level `restricted`. */
  restrictedVms: boolean;
  /** Addresses of nodes, of the API server, of pods and services, as ranges. */
  clusterRanges: readonly string[];
};
