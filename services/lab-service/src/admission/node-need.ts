import { besideGuest, type Capacity } from '@lab-orchestrator/contracts';
import type { ResolvedSystem } from '@lab-orchestrator/lab-folder';
import type { Need } from './need.js';

/** What a system takes on its node. */
export interface NodeNeed extends Need {
  /** It is a virtual machine, which not every node takes. */
  machine: boolean;
}

/** What each of the systems takes on its node: machines more than their guests. */
export function nodeNeeds(
  systems: readonly Pick<ResolvedSystem, 'kind' | 'cpus' | 'memoryBytes'>[],
  vmOverhead: Capacity['vmOverhead'],
): NodeNeed[] {
  return systems.map(({ kind, ...guest }) => {
    const machine = kind === 'vm';
    const beside = machine && vmOverhead ? besideGuest(vmOverhead, guest) : 0;
    return { machine, cpus: guest.cpus, memoryBytes: guest.memoryBytes + beside };
  });
}
