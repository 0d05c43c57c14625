/** One file that is put into the container before it starts. */
export type PlannedFile = { path: string; content: Buffer; mode: number; uid: number; gid: number };

/** A folder or socket of the host. Only ever below the runtime's own data folder. */
export type PlannedMount = { source: string; target: string; readOnly: boolean };

/**
 * What a driver wants of its container. Everything that is not listed is denied: no capability, no device, no new
 * privileges, no mount, the default seccomp profile. Names, labels, networks and addresses are added by the runtime.
 */
export type ContainerPlan = {
  /** Reference or id that the engine knows. */
  image: string;
  entrypoint?: string[];
  command?: string[];
  workingDir?: string;
  /** `uid:gid`; undefined keeps the image's own user. */
  user?: string;
  environment: Record<string, string>;
  /** Capability names without `CAP_`, in the container's own namespaces. */
  capabilities: string[];
  /** Host paths of devices, given under the same path. */
  devices: string[];
  mounts: PlannedMount[];
  /** Target → mount options, e.g. `{ '/run/lab': 'rw,size=16m,mode=0755,uid=1000,gid=1000' }`. */
  tmpfs: Record<string, string>;
  sysctls: Record<string, string>;
  files: PlannedFile[];
  cpus: number;
  /** Hard limit of the whole container, swap included. */
  memoryBytes: number;
  pidsLimit: number;
  /** Upper bound of what it may write to its own layer. */
  diskBytes?: number;
  /** An own range of user ids, so that root inside is nobody outside. */
  userNamespace: boolean;
  /** An init process that reaps zombies and forwards signals. */
  init: boolean;
  /** How often the engine restarts it after a non-zero exit. */
  restarts: number;
  /** False leaves it created (a halted VM). */
  start: boolean;
};
