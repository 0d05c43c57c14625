import { access, constants, readFile } from 'node:fs/promises';
import { cpus, hostname } from 'node:os';
import { z } from 'zod';
import { connectEngine, dial, socketOf } from './engine-client.js';
import { translated } from './engine-errors.js';
import type { EngineFacts } from './engine-facts.js';
import { canFilter } from '../networks/nft.js';
import { findProgram } from './host-facts.js';

/** The part of `/info` that is read. Podman leaves some of it out. */
const Info = z.object({
  ServerVersion: z.string(),
  Name: z.string().optional(),
  NCPU: z.number().optional(),
  MemTotal: z.number().optional(),
  MemoryLimit: z.boolean().optional(),
  CpuCfsQuota: z.boolean().optional(),
  PidsLimit: z.boolean().optional(),
  Driver: z.string().optional(),
  DriverStatus: z.array(z.array(z.string())).nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  BuildahVersion: z.string().optional(),
  Rootless: z.boolean().optional(),
  InitBinary: z.string().optional(),
});
export type EngineInfo = z.infer<typeof Info>;

/** Asks the engine and looks at the host: what can be had here, and what cannot, in plain sentences. */
export async function probeEngine(url: string): Promise<EngineFacts> {
  const engine = connectEngine(url);
  const call = { path: '/info', method: 'GET', statusCodes: { 200: true, 500: 'server error' } as const };
  const info = Info.parse(await translated('Asking the engine what it can do', () => dial(engine, call)));
  const [kvm, tun, firewall, namespaces, init] = await Promise.all([
    usable('/dev/kvm'),
    usable('/dev/net/tun'),
    canFilter(),
    readFile('/proc/sys/user/max_user_namespaces', 'utf8').catch(() => '0'),
    findInit(),
  ]);
  const local = socketOf(url) !== undefined && (info.Name === undefined || info.Name === hostname());
  return factsFrom(info, {
    kvm,
    tun,
    firewall: firewall && local,
    local,
    userNamespaces: Number(namespaces) > 0,
    init,
  });
}

type Host = { kvm: boolean; tun: boolean; firewall: boolean; local: boolean; userNamespaces: boolean; init: boolean };

/** Pure: what the engine says and what the host has, put together. */
export function factsFrom(info: EngineInfo, host: Host): EngineFacts {
  const security = info.SecurityOptions ?? [];
  const product = info.BuildahVersion === undefined ? 'docker' : 'podman';
  const facts = {
    product,
    version: info.ServerVersion,
    rootless: info.Rootless === true || security.includes('name=rootless'),
    cpus: info.NCPU ?? cpus().length,
    memoryBytes: info.MemTotal ?? 0,
    memoryLimit: info.MemoryLimit ?? true,
    cpuLimit: info.CpuCfsQuota ?? true,
    pidsLimit: info.PidsLimit ?? true,
    diskLimit: hasDiskQuota(info),
    // Docker maps ids for all containers or for none; Podman gives each container its own range.
    userNamespaces: host.userNamespaces && (product === 'podman' || security.includes('name=userns')),
    kvm: host.kvm,
    tun: host.tun,
    init: product === 'docker' || host.init,
    firewall: host.firewall,
  } as const;
  return { ...facts, limitations: limitationsOf(facts, host.local) };
}

function limitationsOf(facts: Omit<EngineFacts, 'limitations'>, local: boolean): string[] {
  const missing: [boolean, string][] = [
    [!local, 'The engine is not on this machine, so the networks of labs cannot be isolated: no lab will be started.'],
    [
      facts.rootless,
      'The engine runs without root, so the networks of labs cannot be isolated: no lab will be started.',
    ],
    [
      local && !facts.firewall,
      'This process may not write firewall rules (nft, CAP_NET_ADMIN): no lab will be started.',
    ],
    [!facts.memoryLimit, 'The kernel has no memory control group: a lab can use all memory of this machine.'],
    [!facts.cpuLimit, 'The kernel has no CPU quota: a lab can use all processors of this machine.'],
    [!facts.pidsLimit, 'The kernel has no process limit for containers: a fork bomb can stop this machine.'],
    [!facts.diskLimit, 'The storage has no quota: disk use of containers is measured every few seconds instead.'],
    [!facts.userNamespaces, 'There are no user namespaces for containers: labs with root or forwarding are refused.'],
    [!facts.kvm, 'There is no /dev/kvm: virtual machines are emulated and slow.'],
    [!facts.tun, 'There is no /dev/net/tun: virtual machines cannot be started.'],
    [!facts.init, 'The host has no catatonit or tini: images without an init of their own leave zombie processes.'],
  ];
  return missing.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

/** overlay on XFS with project quotas, btrfs and zfs take a size per container. */
function hasDiskQuota(info: EngineInfo): boolean {
  const status = new Map((info.DriverStatus ?? []).map(([key, value]) => [key ?? '', value ?? '']));
  if (info.Driver === 'btrfs' || info.Driver === 'zfs') return true;
  return (
    info.BuildahVersion === undefined &&
    (info.Driver ?? '').startsWith('overlay') &&
    status.get('Backing Filesystem') === 'xfs'
  );
}

async function findInit(): Promise<boolean> {
  const found = await Promise.all(
    ['catatonit', 'tini', 'dumb-init'].map((name) => findProgram(name, process.env['PATH'] ?? '')),
  );
  return found.some((path) => path !== undefined);
}

async function usable(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}
