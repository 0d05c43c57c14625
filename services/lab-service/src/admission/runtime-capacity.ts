import { type Capacity, GetCapacity } from '@lab-orchestrator/contracts';
import { RequestClient } from '@lab-orchestrator/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Need } from './need.js';
import type { Room } from './node-room.js';

export type RuntimeFeatures = Capacity['features'];

export interface CapacitySnapshot {
  features: RuntimeFeatures;
  free: Need;
  total: Need;
  nodes: readonly { free: Room; total: Room }[];
  vmOverhead: Capacity['vmOverhead'];
  /** Sessions admitted later are not in it. */
  takenAt: Date;
}

const keptMs = { known: 3_000, unknown: 10_000 };
const askMs = 2_000;

/** What the runtime can still take, asked at most every few seconds. A runtime that does not answer stops nobody: the quotas hold. */
@Injectable()
export class RuntimeCapacity implements OnApplicationBootstrap {
  private readonly logger = new Logger('Admission');
  private lastFeatures: RuntimeFeatures | undefined;
  private last: { answer: Promise<CapacitySnapshot | undefined>; until: number } | undefined;

  constructor(
    private readonly requests: RequestClient,
    private readonly clock: Clock,
  ) {}

  current(): Promise<CapacitySnapshot | undefined> {
    if (this.last && this.last.until > performance.now()) return this.last.answer;
    const last = { answer: this.ask(), until: Infinity };
    this.last = last;
    return this.keep(last);
  }

  onApplicationBootstrap(): void {
    void this.current();
  }

  /** What the runtime can do, as it said last; undefined until it has said so. Never waits: who looks at a session asks. */
  features(): RuntimeFeatures | undefined {
    void this.current();
    return this.lastFeatures;
  }

  private async keep(last: { answer: Promise<CapacitySnapshot | undefined>; until: number }) {
    const snapshot = await last.answer;
    last.until = performance.now() + (snapshot ? keptMs.known : keptMs.unknown);
    return snapshot;
  }

  private async ask(): Promise<CapacitySnapshot | undefined> {
    const takenAt = this.clock.now();
    try {
      const capacity = await this.requests.call(GetCapacity, {}, { deadlineMs: askMs });
      this.lastFeatures = capacity.features;
      return snapshotOf(capacity, takenAt);
    } catch (error) {
      // The services start side by side: until the runtime has answered once, no answer is no trouble yet.
      const level = this.lastFeatures === undefined ? 'log' : 'warn';
      this.logger[level]({ err: error }, 'the runtime does not say what it can take');
      return undefined;
    }
  }
}

/** In the processors that labs ask for. */
export function snapshotOf(
  { labCpus, memoryBytes, nodes, vmOverhead, features }: Capacity,
  takenAt: Date,
): CapacitySnapshot {
  return {
    total: { cpus: labCpus.total, memoryBytes: memoryBytes.total },
    free: { cpus: labCpus.free, memoryBytes: memoryBytes.free },
    nodes: nodes.map((node) => ({
      total: {
        cpus: node.labCpus.total,
        memoryBytes: node.memoryTotalBytes,
        machines: node.machines !== 'never',
      },
      free: {
        cpus: node.labCpus.free,
        memoryBytes: node.memoryFreeBytes,
        machines: node.machines === undefined || node.machines === 'now',
      },
    })),
    vmOverhead,
    features,
    takenAt,
  };
}
