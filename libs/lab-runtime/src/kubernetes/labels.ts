/** What all of our labels and annotations begin with. */
export const prefix = 'lab-orchestrator.dev';

/** Labels on every object that belongs to a session. */
export const label = {
  instance: `${prefix}/instance`,
  session: `${prefix}/session`,
  /** Name of the system; on its pod or VM, that VM's template, its service, its disks. */
  system: `${prefix}/system`,
  /** `container` or `vm`. */
  kind: `${prefix}/kind`,
} as const;

export const annotation = {
  /** The generation that wrote the object last; on the namespace: the session's. */
  generation: `${prefix}/generation`,
  /** Digest of what was written, so that only changes are written again. */
  digest: `${prefix}/digest`,
  /** Seconds a system may take until it is ready. */
  readyTimeout: `${prefix}/ready-timeout-s`,
  /** On the namespace while the session is paused. */
  paused: `${prefix}/paused`,
} as const;

/** On pods and VM templates: the system is a member of this lab network. `network.` + 40 of 63 characters. */
export function networkLabel(network: string): string {
  return `${prefix}/network.${network}`;
}

/** Labels of an object of one session, and of one of its systems. */
export function labelsOf(instance: string, sessionId: string, system?: string): Record<string, string> {
  return {
    [label.instance]: instance,
    [label.session]: sessionId,
    ...(system === undefined ? {} : { [label.system]: system }),
  };
}

/** Membership labels of a system. */
export function networkLabels(networks: readonly string[]): Record<string, string> {
  return Object.fromEntries(networks.map((network) => [networkLabel(network), 'true']));
}

/** Finds what an installation made, or one of its sessions. */
export function selectorOf(instance: string, sessionId?: string): string {
  return sessionId === undefined
    ? `${label.instance}=${instance}`
    : `${label.instance}=${instance},${label.session}=${sessionId}`;
}
