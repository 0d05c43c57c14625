import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Capacity } from '@lab-orchestrator/contracts';
import type { ContainerFacts } from '../systems/container-facts.js';
import type { EngineFacts } from './engine-facts.js';

/**
 * What the engine's machine has, less what running systems may use at most.
 * @param cpuOvercommit how often a processor is promised
 */
export function capacityOf(
  facts: EngineFacts,
  containers: readonly ContainerFacts[],
  cpuOvercommit: number,
  disk?: Capacity['diskBytes'],
): Capacity {
  const holding = containers.filter(({ state }) => state === 'running' || state === 'paused' || state === 'restarting');
  const promised = sum(holding.map(({ cpus }) => cpus));
  const cpusFree = Math.max(0, facts.cpus - promised);
  const mayPromise = facts.cpus * cpuOvercommit;
  const labCpus = { total: mayPromise, free: Math.max(0, mayPromise - promised) };
  const memoryFree = Math.max(0, facts.memoryBytes - sum(holding.map(({ memoryBytes }) => memoryBytes)));
  return {
    cpus: { total: facts.cpus, free: cpusFree },
    memoryBytes: { total: facts.memoryBytes, free: memoryFree },
    labCpus,
    ...(disk ? { diskBytes: disk } : {}),
    nodes: [
      {
        name: hostname(),
        cpusFree,
        labCpus,
        memoryTotalBytes: facts.memoryBytes,
        memoryFreeBytes: memoryFree,
      },
    ],
    features: {
      vms: facts.tun,
      kvm: facts.kvm,
      forwarding: facts.userNamespaces,
      internet: facts.firewall,
      userNamespaces: facts.userNamespaces,
      snapshots: false,
      freezesContainers: true,
    },
  };
}

/** Room on the file system of a folder. */
export async function diskRoom(folder: string): Promise<{ total: number; free: number } | undefined> {
  const room = await statfs(folder).catch(() => undefined);
  return room && { total: room.blocks * room.bsize, free: room.bavail * room.bsize };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
