import type { Capacity } from '@lab-orchestrator/contracts';
import type { Node, Pod } from '../client/kinds.js';
import { numberOf } from '../forge/quantity.js';
import type { ClusterFacts } from './cluster-facts.js';

type Room = { cpus: number; memoryBytes: number };

/**
 * What nodes can allocate, less what pods on them have requested: what the scheduler goes by. Pure.
 * @param cpuRequestShare what systems request of the processors they ask for; the largest share, where there are several
 */
export function capacityOf(
  nodes: readonly Node[],
  pods: readonly Pod[],
  facts: ClusterFacts,
  cpuRequestShare: number,
): Capacity {
  const requested = new Map<string, Room>();
  const podsOn = new Map<string, number>();
  for (const { spec, status } of pods) {
    const done = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    if (done || !spec?.nodeName) continue;
    requested.set(spec.nodeName, plus(requested.get(spec.nodeName), requestOf(spec)));
    podsOn.set(spec.nodeName, (podsOn.get(spec.nodeName) ?? 0) + 1);
  }
  const usable = nodes.filter(isUsable).map(({ metadata, status }) => {
    const name = metadata.name ?? '';
    const { allocatable } = status ?? {};
    const total = { cpus: numberOf(allocatable?.['cpu']), memoryBytes: numberOf(allocatable?.['memory']) };
    const used = requested.get(name) ?? { cpus: 0, memoryBytes: 0 };
    // A node takes a number of pods, however small they are.
    const mostPods = allocatable?.['pods'];
    const isFull = mostPods !== undefined && (podsOn.get(name) ?? 0) >= numberOf(mostPods);
    const free = {
      cpus: isFull ? 0 : Math.max(0, round(total.cpus - used.cpus)),
      memoryBytes: isFull ? 0 : Math.max(0, total.memoryBytes - used.memoryBytes),
    };
    const labCpus = { total: round(total.cpus / cpuRequestShare), free: round(free.cpus / cpuRequestShare) };
    return { name, total, free, labCpus };
  });
  const sum = (of: (node: (typeof usable)[number]) => number) => usable.reduce((all, node) => all + of(node), 0);
  return {
    cpus: { total: round(sum(({ total }) => total.cpus)), free: round(sum(({ free }) => free.cpus)) },
    memoryBytes: { total: sum(({ total }) => total.memoryBytes), free: sum(({ free }) => free.memoryBytes) },
    labCpus: { total: round(sum(({ labCpus }) => labCpus.total)), free: round(sum(({ labCpus }) => labCpus.free)) },
    nodes: usable.map(({ name, total, free, labCpus }) => ({
      name,
      cpusFree: free.cpus,
      labCpus,
      memoryTotalBytes: total.memoryBytes,
      memoryFreeBytes: free.memoryBytes,
    })),
    features: {
      vms: facts.vms,
      kvm: facts.kvm,
      forwarding: facts.forge.multus,
      internet: true,
      userNamespaces: facts.forge.userNamespaces,
      snapshots: facts.snapshots,
      freezesContainers: false,
    },
  };
}

/** A node that is not ready, is cordoned, or keeps ordinary pods away takes no lab. */
function isUsable({ spec, status }: Node): boolean {
  const ready = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  const keeps = spec?.taints?.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  return ready === true && spec?.unschedulable !== true && keeps !== true;
}

/** As the scheduler counts: containers together with sidecars, or the largest init container, plus overhead. */
function requestOf(spec: NonNullable<Pod['spec']>): Room {
  const inits = spec.initContainers ?? [];
  const sidecars = inits.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const running = [...spec.containers, ...sidecars].map(({ resources }) => room(resources?.requests));
  const together = running.reduce<Room>((total, one) => plus(total, one), { cpus: 0, memoryBytes: 0 });
  const largest = inits.map(({ resources }) => room(resources?.requests));
  return plus(
    {
      cpus: Math.max(together.cpus, ...largest.map(({ cpus }) => cpus)),
      memoryBytes: Math.max(together.memoryBytes, ...largest.map(({ memoryBytes }) => memoryBytes)),
    },
    room(spec.overhead),
  );
}

function room(resources: Record<string, string> | undefined): Room {
  return { cpus: numberOf(resources?.['cpu']), memoryBytes: numberOf(resources?.['memory']) };
}

function plus(a: Room | undefined, b: Room): Room {
  return { cpus: (a?.cpus ?? 0) + b.cpus, memoryBytes: (a?.memoryBytes ?? 0) + b.memoryBytes };
}

/** CPUs have thousandths. */
function round(cpus: number): number {
  return Math.round(cpus * 1000) / 1000;
}
