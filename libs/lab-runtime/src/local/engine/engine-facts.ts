/** What this engine on this host can do, found by looking, never assumed. */
export type EngineFacts = {
  product: 'podman' | 'docker';
  version: string;
  rootless: boolean;
  cpus: number;
  memoryBytes: number;
  /** Limits the kernel really enforces here. */
  memoryLimit: boolean;
  cpuLimit: boolean;
  pidsLimit: boolean;
  /** Disk quota of a container's own layer. */
  diskLimit: boolean;
  userNamespaces: boolean;
  /** The engine can put an init process into a container. */
  init: boolean;
  kvm: boolean;
  tun: boolean;
  /** This process may write firewall rules in the engine's network namespace. */
  firewall: boolean;
  /** Plain sentences about what is missing, for `npm start`. */
  limitations: string[];
};
