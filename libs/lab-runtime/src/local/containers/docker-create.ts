import type Docker from 'dockerode';
import type { ContainerPlan } from '../systems/container-plan.js';
import type { Placement } from './placement.js';

/** The body of Docker's `POST /containers/create`. */
export function dockerCreate(plan: ContainerPlan, at: Placement): Docker.ContainerCreateOptions {
  const [first] = at.attachments;
  return {
    name: at.name,
    Hostname: at.hostname,
    Labels: at.labels,
    Image: plan.image,
    ...(plan.entrypoint ? { Entrypoint: plan.entrypoint } : {}),
    ...(plan.command ? { Cmd: plan.command } : {}),
    ...(plan.workingDir ? { WorkingDir: plan.workingDir } : {}),
    ...(plan.user ? { User: plan.user } : {}),
    Env: Object.entries(plan.environment).map(([name, value]) => `${name}=${value}`),
    StopTimeout: 2,
    HostConfig: {
      ...(first ? { NetworkMode: first.engineNetwork } : { NetworkMode: 'none' }),
      Init: plan.init,
      CapDrop: ['ALL'],
      CapAdd: plan.capabilities,
      SecurityOpt: ['no-new-privileges:true'],
      Sysctls: plan.sysctls,
      Devices: plan.devices.map((path) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: 'rwm' })),
      Binds: plan.mounts.map(({ source, target, readOnly }) => `${source}:${target}:${readOnly ? 'ro' : 'rw'}`),
      Tmpfs: Object.fromEntries(
        Object.entries(plan.tmpfs).map(([target, options]) => [target, `${options},nosuid,nodev`]),
      ),
      Memory: plan.memoryBytes,
      MemorySwap: plan.memoryBytes,
      NanoCpus: Math.max(10_000_000, Math.round(plan.cpus * 1e9)),
      PidsLimit: plan.pidsLimit,
      Ulimits: [
        { Name: 'nofile', Soft: at.limits.openFiles, Hard: at.limits.openFiles },
        { Name: 'nproc', Soft: at.limits.processes, Hard: at.limits.processes },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      RestartPolicy: plan.restarts > 0 ? { Name: 'on-failure', MaximumRetryCount: plan.restarts } : { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
      ExtraHosts: Object.entries(at.hosts).map(([name, address]) => `${name}:${address}`),
      ...(at.nameServers.length > 0 ? { Dns: at.nameServers } : {}),
      ...(plan.diskBytes ? { StorageOpt: { size: String(plan.diskBytes) } } : {}),
    },
    NetworkingConfig: {
      EndpointsConfig: Object.fromEntries(
        at.attachments.map((attachment) => [
          attachment.engineNetwork,
          {
            IPAMConfig: { IPv4Address: attachment.address },
            MacAddress: attachment.mac,
            Aliases: [at.hostname],
          },
        ]),
      ),
    },
  };
}
