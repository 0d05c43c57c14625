import type { Need } from './need.js';
import type { NodeNeed } from './node-need.js';
import { NodeRoom } from './node-room.js';

export interface WaitingSession extends Need {
  id: string;
  ownerId: string;
  labId: string;
  /** What each of its systems takes on its node. */
  systems: readonly NodeNeed[];
}
export interface Limits {
  sessions: number | null;
  cpus: number | null;
  memoryBytes: number | null;
}
/** What is held already, by one user of one lab. */
export interface Held extends Need {
  ownerId: string;
  labId: string;
  sessions: number;
}
export interface LimitsFor {
  platform: Limits;
  user(userId: string): Limits;
  lab(labId: string): Limits;
}

interface Sum extends Need {
  sessions: number;
}

/**
 * Who may start now, first come, first served. A session that waits for its own user's or lab's quota lets others pass;
 * one that waits for room on the platform does not, or a large one would wait for ever.
 * @param room what the runtime can still take; undefined when it cannot tell
 * @param nodes what each of its nodes can
 */
export function decideAdmissions(
  waiting: readonly WaitingSession[],
  held: readonly Held[],
  limits: LimitsFor,
  room?: Need,
  nodes = new NodeRoom([]),
): Set<string> {
  const sums = new Sums(held);
  const left = room && { ...room };
  const admitted = new Set<string>();
  for (const session of waiting) {
    const [user, lab] = [`user:${session.ownerId}`, `lab:${session.labId}`];
    if (!fits(sums.of(user), session, limits.user(session.ownerId))) continue;
    if (!fits(sums.of(lab), session, limits.lab(session.labId))) continue;
    const fitsRoom = !left || (session.cpus <= left.cpus && session.memoryBytes <= left.memoryBytes);
    if (!fitsRoom || !fits(sums.of('platform'), session, limits.platform)) break;
    if (!nodes.place(session.systems)) break;
    for (const scope of ['platform', user, lab]) sums.add(scope, { ...session, sessions: 1 });
    if (left) {
      left.cpus -= session.cpus;
      left.memoryBytes -= session.memoryBytes;
    }
    admitted.add(session.id);
  }
  return admitted;
}

class Sums {
  private readonly scopes = new Map<string, Sum>();

  constructor(held: readonly Held[]) {
    for (const part of held)
      for (const scope of ['platform', `user:${part.ownerId}`, `lab:${part.labId}`]) this.add(scope, part);
  }

  of(scope: string): Sum {
    return this.scopes.get(scope) ?? { sessions: 0, cpus: 0, memoryBytes: 0 };
  }

  add(scope: string, { sessions, cpus, memoryBytes }: Sum) {
    const sum = this.of(scope);
    this.scopes.set(scope, {
      sessions: sum.sessions + sessions,
      cpus: sum.cpus + cpus,
      memoryBytes: sum.memoryBytes + memoryBytes,
    });
  }
}

/** Sums of fractions are a little off; a billionth of a processor is nobody's. */
const tolerance = 1e-9;
const within = (value: number, limit: number | null) => limit === null || value <= limit + tolerance;

const fits = (sum: Sum, need: Need, limits: Limits) =>
  within(sum.sessions + 1, limits.sessions) &&
  within(sum.cpus + need.cpus, limits.cpus) &&
  within(sum.memoryBytes + need.memoryBytes, limits.memoryBytes);
