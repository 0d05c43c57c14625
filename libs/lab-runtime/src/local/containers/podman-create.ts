import type { ContainerPlan } from '../systems/container-plan.js';
import { userIdsPerRange, type Placement } from './placement.js';

/** Microseconds over which the CPU quota is counted. */
const cpuPeriodUs = 100_000;

/**
 * The body of Podman's own `POST /containers/create`. Docker's API as Podman speaks it cannot name interfaces and
 * gives user id ranges only to hosts with `/etc/subuid`.
 */
export function podmanCreate(plan: ContainerPlan, at: Placement) {
  const range = [{ container_id: 0, host_id: at.firstUserId, size: userIdsPerRange }];
  return {
    name: at.name,
    hostname: at.hostname,
    labels: at.labels,
    image: plan.image,
    ...(plan.entrypoint ? { entrypoint: plan.entrypoint } : {}),
    ...(plan.command ? { command: plan.command } : {}),
    ...(plan.workingDir ? { work_dir: plan.workingDir } : {}),
    ...(plan.user ? { user: plan.user } : {}),
    env: plan.environment,
    init: plan.init,
    stop_timeout: 2,
    cap_drop: ['ALL'],
    cap_add: plan.capabilities,
    no_new_privileges: true,
    sysctl: plan.sysctls,
    devices: plan.devices.map((path) => ({ path })),
    mounts: [
      ...plan.mounts.map(({ source, target, readOnly }) => ({
        type: 'bind',
        source,
        destination: target,
        options: ['rbind', 'nosuid', 'nodev', readOnly ? 'ro' : 'rw'],
      })),
      ...Object.entries(plan.tmpfs).map(([target, options]) => ({
        type: 'tmpfs',
        source: 'tmpfs',
        destination: target,
        options: [...options.split(','), 'nosuid', 'nodev'],
      })),
    ],
    resource_limits: {
      memory: { limit: plan.memoryBytes, swap: plan.memoryBytes },
      cpu: { quota: Math.max(1000, Math.round(plan.cpus * cpuPeriodUs)), period: cpuPeriodUs },
      pids: { limit: plan.pidsLimit },
    },
    r_limits: [
      { type: 'NOFILE', soft: at.limits.openFiles, hard: at.limits.openFiles },
      { type: 'NPROC', soft: at.limits.processes, hard: at.limits.processes },
      { type: 'CORE', soft: 0, hard: 0 },
    ],
    ...restartPolicy(plan.restarts),
    ...(plan.userNamespace ? { userns: { nsmode: 'private' }, idmappings: { UIDMap: range, GIDMap: range } } : {}),
    netns: { nsmode: 'bridge' },
    networks: Object.fromEntries(
      at.attachments.map((attachment, index) => [
        attachment.engineNetwork,
        {
          static_ips: [attachment.address],
          static_mac: attachment.mac,
          aliases: [at.hostname],
          interface_name: `eth${index}`,
        },
      ]),
    ),
    hostadd: Object.entries(at.hosts).map(([name, address]) => `${name}:${address}`),
    dns_server: at.nameServers,
  };
}

function restartPolicy(restarts: number) {
  return restarts > 0 ? { restart_policy: 'on-failure', restart_tries: restarts } : { restart_policy: 'no' };
}
