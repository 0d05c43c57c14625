import type { Need } from './need.js';
import type { NodeNeed } from './node-need.js';

/** What a node has. */
export interface Room extends Need {
  /** It takes virtual machines. */
  machines: boolean;
}

/** The nodes of the runtime, filled as its scheduler may do it: a system is on one node, whatever the others have left. */
export class NodeRoom {
  private free: Room[];

  constructor(nodes: readonly Room[]) {
    this.free = nodes.map((node) => ({ ...node }));
  }

  /**
   * Finds a node for each system, the largest first, where most is left. A runtime that names no nodes has no such limit.
   * @returns false when one of them fits nowhere; then none has taken any room
   */
  place(systems: readonly NodeNeed[]): boolean {
    if (this.free.length === 0) return true;
    const left = this.free.map((node) => ({ ...node }));
    for (const system of systems.toSorted((a, b) => b.memoryBytes - a.memoryBytes)) {
      const [roomiest] = left
        .filter(({ machines }) => machines || !system.machine)
        .filter(({ cpus, memoryBytes }) => system.cpus <= cpus && system.memoryBytes <= memoryBytes)
        .toSorted((a, b) => b.memoryBytes - a.memoryBytes);
      if (!roomiest) return false;
      roomiest.cpus -= system.cpus;
      roomiest.memoryBytes -= system.memoryBytes;
    }
    this.free = left;
    return true;
  }
}
