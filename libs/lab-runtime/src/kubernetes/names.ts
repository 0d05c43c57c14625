/** Everything of a session is in this namespace; deleting it removes the session. */
export function namespaceOf(instance: string, sessionId: string): string {
  return `${instance}-${sessionId}`;
}

/** Where golden images are kept, shared by all sessions of the installation. */
export function imageNamespaceOf(instance: string): string {
  return `${instance}-images`;
}

/** Where removed sessions are remembered, so that a worker that slept cannot bring one back. */
export function ledgerNamespaceOf(instance: string): string {
  return `${instance}-ledger`;
}

/** The Lease that remembers a removed session. */
export function tombstoneName(sessionId: string): string {
  return `removed-${sessionId}`;
}

/** A disk of a system: DataVolume and PersistentVolumeClaim. Two labels of 40 characters; PVC names take 253. */
export function diskName(system: string, disk: string): string {
  return `${system}-${disk}`;
}

/** The policy of a lab network. */
export function networkPolicyName(network: string): string {
  return `network-${network}`;
}

/** The policy that lets KubeVirt forward a machine's web ports. */
export function machinePortsPolicyName(system: string): string {
  return `ports-${system}`;
}

/**
 * The Secret with a system's files. Named by what is in it, so that it is written once, never read back, and a late
 * writer of another generation cannot change what a pod mounts.
 */
export function filesName(system: string, digest: string): string {
  return `files-${system}-${digest}`;
}
