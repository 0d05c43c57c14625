import { z } from 'zod';

/** What a probe found out about the network policies of the cluster. */
export const PolicyVerdict = z.discriminatedUnion('state', [
  /** `fromTheStart`: also for a pod that has just begun; otherwise a pod is open for its first moments. */
  z.object({ state: z.literal('enforced'), fromTheStart: z.boolean() }),
  z.object({ state: z.literal('not_enforced'), directions: z.array(z.enum(['ingress', 'egress'])).min(1) }),
  /** The probe itself could not be made: nothing is known, least of all that labs are isolated. */
  z.object({ state: z.literal('unknown'), reason: z.string() }),
]);
export type PolicyVerdict = z.infer<typeof PolicyVerdict>;

const hourMs = 3_600_000;
/** A network plugin is rarely changed, and not without anybody knowing. */
const knownForMs = 24 * hourMs;
/** What stood in the way may have passed. */
const unknownForMs = hourMs / 12;

/** How long a verdict may be relied on, in ms. */
export function lifetimeOf(verdict: PolicyVerdict): number {
  return verdict.state === 'unknown' ? unknownForMs : knownForMs;
}

/** Whether labs may begin. What is open for its first moments is not closed: guests of a lab can wait for newcomers. */
export function keepsApart(verdict: PolicyVerdict): boolean {
  return verdict.state === 'enforced' && verdict.fromTheStart;
}

/** For people: what the verdict means for labs. */
export function explain(verdict: PolicyVerdict): string {
  switch (verdict.state) {
    case 'enforced':
      return verdict.fromTheStart
        ? 'The cluster enforces network policies.'
        : 'The cluster enforces network policies, but only some moments after a pod has started.';
    case 'not_enforced':
      return `The cluster's network plugin does not enforce network policies (${verdict.directions.join(' and ')}).`;
    case 'unknown':
      return `Whether the cluster enforces network policies could not be found out: ${verdict.reason}`;
  }
}
