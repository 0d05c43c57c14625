import type { ContainerSystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import type { EngineFacts } from '../engine/engine-facts.js';
import type { ContainerPlan } from '../systems/container-plan.js';
import type { HeldImage } from './container-images.js';
import { containerUser } from './container-user.js';

/** Enough for a desktop with a browser, too few for a fork bomb. */
const pidsLimit = 1024;

/** How often a crashed main process is started again before the system counts as broken. */
export const crashRestarts = 2;

/** What root may do inside its own user namespace: install packages, change owners, open low ports. */
const rootCapabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
];
/** A router or firewall, in its own network namespace. */
const forwardingCapabilities = ['NET_ADMIN', 'NET_RAW'];

/** The container of a system, least privilege first. Pure. */
export function containerPlanFor(
  system: ContainerSystemSpec,
  image: HeldImage,
  facts: EngineFacts,
  diskBytes: number,
): ContainerPlan {
  const userNamespace = system.root || system.forwarding;
  if (userNamespace && !facts.userNamespaces) {
    const text = `${system.name} needs root or forwarding, and this engine has no user namespaces for it.`;
    throw new RuntimeError('insufficient_rights', text, false);
  }
  const user = containerUser(system, image.user);
  const [uid = 0, gid = 0] = user.split(':').map(Number);
  return {
    image: image.reference,
    ...(system.command ? { command: system.command } : image.hasCommand ? {} : { command: ['sleep', 'infinity'] }),
    user,
    environment: system.environment,
    capabilities: [...(system.root ? rootCapabilities : []), ...(system.forwarding ? forwardingCapabilities : [])],
    devices: [],
    mounts: [],
    tmpfs: { '/run/lab': 'rw,size=16m,mode=1777' },
    sysctls: sysctlsFor(system.forwarding),
    files: system.files.map((file) => ({
      path: file.path,
      content: Buffer.from(file.contentBase64, 'base64'),
      mode: Number.parseInt(file.mode, 8),
      uid,
      gid,
    })),
    cpus: system.cpus,
    memoryBytes: system.memoryBytes,
    pidsLimit,
    ...(facts.diskLimit ? { diskBytes } : {}),
    userNamespace,
    // The project's own images bring theirs.
    init: facts.init && !image.entrypoint.some((word) => /(tini|catatonit|dumb-init)$/.test(word)),
    restarts: crashRestarts,
    start: true,
  };
}

/** Ping and low ports without capabilities; no IPv6, which no rule of ours lets through anyway. */
function sysctlsFor(forwarding: boolean): Record<string, string> {
  return {
    // Within the 65,536 ids a user namespace has.
    'net.ipv4.ping_group_range': '0 65535',
    'net.ipv4.ip_unprivileged_port_start': '0',
    'net.ipv6.conf.all.disable_ipv6': '1',
    'net.ipv6.conf.default.disable_ipv6': '1',
    ...(forwarding ? { 'net.ipv4.ip_forward': '1' } : {}),
  };
}
