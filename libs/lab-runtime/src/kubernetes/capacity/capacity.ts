import type { Capacity } from '@lab-orchestrator/contracts';
import type { Node, Pod } from '../client/kinds.js';
import type { ForgeSettings } from '../forge/forge-settings.js';
import { allowedKinds } from '../forge/pod-security.js';
import { numberOf } from '../forge/quantity.js';
import { launcherMemory } from '../forge/vm/launcher-room.js';
import type { VmRest } from '../sessions/vm/vm-rest.js';
import type { ClusterFacts } from './cluster-facts.js';

type Room = { cpus: number; memoryBytes: number };

/** What the installation decides about where systems are put. */
export type PlacementSettings = Pick<ForgeSettings, 'nodeSelector' | 'lowestPodSecurity'> & {
  /** What systems request of the processors they ask for; the largest share, where there are several. */
  cpuRequestShare: number;
  vmRest: VmRest;
};

/** What nodes can allocate, less what pods on them have requested: what the scheduler goes by. Pure. */
export function capacityOf(
  nodes: readonly Node[],
  pods: readonly Pod[],
  facts: ClusterFacts,
  settings: PlacementSettings,
): Capacity {
  const requested = new Map<string, Room>();
  const podsOn = new Map<string, number>();
  for (const { spec, status } of pods) {
    const done = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    if (done || !spec?.nodeName) continue;
    requested.set(spec.nodeName, plus(requested.get(spec.nodeName), requestOf(spec)));
    podsOn.set(spec.nodeName, (podsOn.get(spec.nodeName) ?? 0) + 1);
  }
  const ours = nodes
    .filter((node) => isForLabs(node, settings.nodeSelector))
    .map((node) => {
      const { metadata, status } = node;
      const name = metadata.name ?? '';
      const { allocatable } = status ?? {};
      const total = { cpus: numberOf(allocatable?.['cpu']), memoryBytes: numberOf(allocatable?.['memory']) };
      const used = requested.get(name) ?? { cpus: 0, memoryBytes: 0 };
      // A node takes a number of pods, however small they are.
      const mostPods = allocatable?.['pods'];
      const isFull = mostPods !== undefined && (podsOn.get(name) ?? 0) >= numberOf(mostPods);
      const takesNone = isFull || !takesPodsNow(node);
      const free = {
        cpus: takesNone ? 0 : Math.max(0, round(total.cpus - used.cpus)),
        memoryBytes: takesNone ? 0 : Math.max(0, total.memoryBytes - used.memoryBytes),
      };
      const share = settings.cpuRequestShare;
      const labCpus = { total: round(total.cpus / share), free: round(free.cpus / share) };
      return { name, total, free, labCpus, machines: machinesOn(node) };
    });
  const sum = (of: (node: (typeof ours)[number]) => number) => ours.reduce((all, node) => all + of(node), 0);
  return {
    cpus: { total: round(sum(({ total }) => total.cpus)), free: round(sum(({ free }) => free.cpus)) },
    memoryBytes: { total: sum(({ total }) => total.memoryBytes), free: sum(({ free }) => free.memoryBytes) },
    labCpus: { total: round(sum(({ labCpus }) => labCpus.total)), free: round(sum(({ labCpus }) => labCpus.free)) },
    nodes: ours.map(({ name, total, free, labCpus, machines }) => ({
      name,
      cpusFree: free.cpus,
      labCpus,
      memoryTotalBytes: total.memoryBytes,
      memoryFreeBytes: free.memoryBytes,
      machines,
    })),
    vmOverhead: launcherMemory,
    features: featuresOf(facts, settings),
  };
}

/** What would be refused later must not be promised: also what no namespace of a lab may do here. */
function featuresOf(facts: ClusterFacts, settings: PlacementSettings): Capacity['features'] {
  const { multus, userNamespaces } = facts.forge;
  const allowed = allowedKinds(settings, facts.forge);
  return {
    vms: facts.vms && allowed.vms,
    kvm: facts.kvm,
    forwarding: multus && userNamespaces && allowed.forwarding,
    internet: true,
    userNamespaces: userNamespaces && allowed.root,
    snapshots: facts.snapshots,
    freezesContainers: false,
    hibernation: { atOnce: settings.vmRest.pause === 'hibernate', afterS: settings.vmRest.hibernateAfterS },
  };
}

/** Kubernetes' own taints say how a node is just now; others, whom it is kept for. */
const isPassing = (key: string) => /^node\.(cloudprovider\.)?kubernetes\.io\//.test(key);

/** Whether pods of labs may ever be put on a node, though it may be away or full now. */
function isForLabs({ metadata, spec }: Node, nodeSelector: Record<string, string>): boolean {
  const keeps = spec?.taints?.some(({ key, effect }) => effect !== 'PreferNoSchedule' && !isPassing(key));
  return keeps !== true && Object.entries(nodeSelector).every(([key, value]) => metadata.labels?.[key] === value);
}

function takesPodsNow({ spec, status }: Node): boolean {
  const ready = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  const keeps = spec?.taints?.some(({ effect }) => effect !== 'PreferNoSchedule');
  return ready === true && spec?.unschedulable !== true && keeps !== true;
}

/** KubeVirt labels the nodes that it is on, with `false` while it does not answer there. */
function machinesOn({ metadata }: Node): 'now' | 'later' | 'never' {
  const schedulable = metadata.labels?.['kubevirt.io/schedulable'];
  if (schedulable === undefined) return 'never';
  return schedulable === 'true' ? 'now' : 'later';
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
