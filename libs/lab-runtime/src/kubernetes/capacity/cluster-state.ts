import type { Capacity } from '@lab-orchestrator/contracts';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Node, type Pod } from '../client/kinds.js';
import { capacityOf, type PlacementSettings } from './capacity.js';
import type { ClusterFacts } from './cluster-facts.js';
import { probeFacts, type ProbeParts } from './probe-facts.js';

/** Facts change when an operator installs something; room changes with every pod. */
const factsForMs = 600_000;
/** Machines that cannot be started yet, because KubeVirt is just being installed. */
const comingForMs = 20_000;
const roomForMs = 5000;

/** What the cluster can do and how much it can still take; asked for once for all who ask at the same time. */
export class ClusterState {
  private known: { facts: ClusterFacts; untilMs: number } | undefined;
  private probing: Promise<ClusterFacts> | undefined;
  private room: { capacity: Promise<Capacity>; untilMs: number } | undefined;

  constructor(private readonly parts: ProbeParts & PlacementSettings & { cluster: Cluster }) {}

  /** What was known holds until something newer is: nobody waits for it, and nothing fails while the cluster is away. */
  facts(): Promise<ClusterFacts> {
    if (this.known && this.known.untilMs > performance.now()) return Promise.resolve(this.known.facts);
    this.probing ??= this.probe().finally(() => (this.probing = undefined));
    if (!this.known) return this.probing;
    this.probing.catch(() => undefined);
    return Promise.resolve(this.known.facts);
  }

  capacity(): Promise<Capacity> {
    if (this.room && this.room.untilMs > performance.now()) return this.room.capacity;
    const capacity = this.look();
    const room = { capacity, untilMs: performance.now() + roomForMs };
    this.room = room;
    capacity.catch(() => (this.room === room ? (this.room = undefined) : undefined));
    return capacity;
  }

  private async probe(): Promise<ClusterFacts> {
    const facts = await probeFacts(this.parts.cluster, this.parts);
    const forMs = facts.vmKinds && !facts.vms ? comingForMs : factsForMs;
    this.known = { facts, untilMs: performance.now() + forMs };
    return facts;
  }

  private async look(): Promise<Capacity> {
    const alive = 'status.phase!=Succeeded,status.phase!=Failed';
    const [nodes, pods, facts] = await Promise.all([
      this.parts.cluster.list<Node>(kinds.node),
      this.parts.cluster.list<Pod>(kinds.pod, { fieldSelector: alive }),
      this.facts(),
    ]);
    return capacityOf(nodes, pods, facts, this.parts);
  }
}
