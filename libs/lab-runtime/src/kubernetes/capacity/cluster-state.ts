import type { Capacity } from '@lab-orchestrator/contracts';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Node, type Pod } from '../client/kinds.js';
import { capacityOf } from './capacity.js';
import type { ClusterFacts } from './cluster-facts.js';
import { probeFacts, type ProbeParts } from './probe-facts.js';

/** Facts change when an operator installs something; room changes with every pod. */
const factsForMs = 600_000;
const roomForMs = 5000;

/** What the cluster can do and how much it can still take; asked for once for all who ask at the same time. */
export class ClusterState {
  private known: { facts: Promise<ClusterFacts>; untilMs: number } | undefined;
  private room: { capacity: Promise<Capacity>; untilMs: number } | undefined;

  constructor(private readonly parts: ProbeParts & { cluster: Cluster; cpuRequestShare: number }) {}

  facts(): Promise<ClusterFacts> {
    if (this.known && this.known.untilMs > performance.now()) return this.known.facts;
    const facts = probeFacts(this.parts.cluster, this.parts);
    const known = { facts, untilMs: performance.now() + factsForMs };
    this.known = known;
    facts.catch(() => (this.known === known ? (this.known = undefined) : undefined));
    return facts;
  }

  capacity(): Promise<Capacity> {
    if (this.room && this.room.untilMs > performance.now()) return this.room.capacity;
    const capacity = this.look();
    const room = { capacity, untilMs: performance.now() + roomForMs };
    this.room = room;
    capacity.catch(() => (this.room === room ? (this.room = undefined) : undefined));
    return capacity;
  }

  private async look(): Promise<Capacity> {
    const alive = 'status.phase!=Succeeded,status.phase!=Failed';
    const [nodes, pods, facts] = await Promise.all([
      this.parts.cluster.list<Node>(kinds.node),
      this.parts.cluster.list<Pod>(kinds.pod, { fieldSelector: alive }),
      this.facts(),
    ]);
    return capacityOf(nodes, pods, facts, this.parts.cpuRequestShare);
  }
}
