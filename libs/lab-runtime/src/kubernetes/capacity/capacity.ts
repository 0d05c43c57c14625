import type { Capacity } from '@lab-orchestrator/contracts';
import type { Node, Pod } from '../client/kinds.js';
import { numberOf } from '../forge/quantity.js';
import type { ClusterFacts } from './cluster-facts.js';

type Room = { cpus: number; memoryBytes: number };

/** What nodes can allocate, less what pods on them have requested: what the scheduler goes by. Pure. */
export function capacityOf(nodes: readonly Node[], pods: readonly Pod[], facts: ClusterFacts): Capacity {
  const requested = new Map<string, Room>();
  for (const { spec, status } of pods) {
    const done = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    if (done || !spec?.nodeName) continue;
    requested.set(spec.nodeName, plus(requested.get(spec.nodeName), requestOf(spec)));
  }
  const usable = nodes.filter(isUsable).map(({ metadata, status }) => {
    const name = metadata.name ?? '';
    const { allocatable } = status ?? {};
    const total = { cpus: numberOf(allocatable?.['cpu']), memoryBytes: numberOf(allocatable?.['memory']) };
    const used = requested.get(name) ?? { cpus: 0, memoryBytes: 0 };
    const free = {
      cpus: Math.max(0, round(total.cpus - used.cpus)),
      memoryBytes: Math.max(0, total.memoryBytes - used.memoryBytes),
    };
    return { name, total, free };
  });
  const sum = (of: (node: (typeof usable)[number]) => number) => usable.reduce((all, node) => all + of(node), 0);
  return {
    cpus: { total: round(sum(({ total }) => total.cpus)), free: round(sum(({ free }) => free.cpus)) },
    memoryBytes: { total: sum(({ total }) => total.memoryBytes), free: sum(({ free }) => free.memoryBytes) },
    nodes: usable.map(({ name, free }) => ({ name, cpusFree: free.cpus, memoryFreeBytes: free.memoryBytes })),
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
