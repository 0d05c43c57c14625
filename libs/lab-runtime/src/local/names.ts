import { createHash } from 'node:crypto';

/** Labels on every object of the engine that belongs to a session. */
export const label = {
  instance: 'lab-orchestrator.instance',
  session: 'lab-orchestrator.session',
  system: 'lab-orchestrator.system',
  kind: 'lab-orchestrator.kind',
  network: 'lab-orchestrator.network',
  generation: 'lab-orchestrator.generation',
  /** JSON: address by lab network. */
  addresses: 'lab-orchestrator.addresses',
  internet: 'lab-orchestrator.internet',
  cpus: 'lab-orchestrator.cpus',
  memoryBytes: 'lab-orchestrator.memory-bytes',
  userNamespace: 'lab-orchestrator.user-namespace',
} as const;

export function containerName(instance: string, sessionId: string, system: string): string {
  return `lab-${instance}-${sessionId}-${system}`;
}

export function networkName(instance: string, sessionId: string, network: string): string {
  return `lab-${instance}-${sessionId}-${network}`;
}

/** Every bridge of an installation begins with it; the firewall matches on it before any bridge exists. */
export function bridgePrefix(instance: string): string {
  return `lb${hash(instance, 4)}`;
}

/** Linux takes 15 characters (IFNAMSIZ - 1): 2 + 4 + 9. Nine characters of base 32 are 45 bits. */
export function bridgeName(instance: string, sessionId: string, network: string): string {
  return bridgePrefix(instance) + hash(`${sessionId}/${network}`, 9);
}

/** nftables takes letters, digits and `_` in names. */
export function firewallTable(instance: string): string {
  return `lab_${instance.replaceAll('-', '_')}`;
}

/** Locally administered, unicast; the same after every restart. */
export function macAddress(sessionId: string, system: string, network: string): string {
  const digest = createHash('sha256').update(`${sessionId}/${system}/${network}`).digest();
  return ['02', ...[...digest.subarray(0, 5)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

/** A number for the place in a pool where the search for a free slot begins. */
export function slotOf(key: string, slots: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % slots;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
function hash(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  return [...digest.subarray(0, length)].map((byte) => alphabet.charAt(byte % 32)).join('');
}
