import type { Reason } from '@lab-orchestrator/contracts';

/** What is wrong, before it is known of which system. */
export type Cause = Omit<Reason, 'system'>;

/** What a learner is told to do, where more than one cause calls for it. */
export const advice = {
  restart: 'Restart the system; if it happens again, tell your lecturer.',
  administrator: 'Your lecturer must ask an administrator: the cluster has to be changed.',
} as const;

/** Texts of Kubernetes are for machines and long; what matters stands at their beginning, of a log at its end. */
export function short(message: string | undefined): string {
  const text = (message ?? '').replaceAll(/\s+/g, ' ').trim();
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}

/** Kubernetes counts in bytes, people do not. */
function readable(message: string | undefined): string | undefined {
  return message?.replaceAll(/((?:memory|storage)=)(\d{6,})/g, (_, name: string, bytes: string) => {
    return `${name}${Math.ceil(Number(bytes) / 2 ** 20)}Mi`;
  });
}

/** What can be wrong with a system of either kind: the cause for lecturers, advice for learners. */
export const reasons = {
  imageNotPulled: (image: string, message?: string): Cause => ({
    code: 'image_not_found',
    text: `The image ${image} cannot be pulled: ${short(message)}`,
    advice: 'Tell your lecturer: the image of this system cannot be fetched. It is tried again by itself.',
  }),
  noNodeFits: (message?: string): Cause => {
    const missing = shortResources(message);
    return {
      code: 'no_node_fits',
      text:
        missing.length > 0
          ? `No node of the cluster has room for it. What is short: ${missing.join(', ')}.`
          : `No node of the cluster takes it: ${short(message)}`,
      advice: 'Wait until other labs have ended, or tell your lecturer that the system is too large.',
    };
  },
  quotaExceeded: (message?: string): Cause => ({
    code: 'quota_exceeded',
    text: `The lab is larger than its quota in the cluster: ${short(readable(message))}`,
    advice: 'Tell your lecturer: the lab needs more than it may have.',
  }),
  nodeLost: (node: string | undefined): Cause => ({
    code: 'node_lost',
    text: `The node ${node ?? 'it runs on'} does not answer any more.`,
    advice: advice.restart,
  }),
};

/** What the scheduler says is short, e.g. `memory`, `cpu`: "0/3 nodes are available: 2 Insufficient memory, …". */
export function shortResources(message: string | undefined): string[] {
  const found = [...(message ?? '').matchAll(/Insufficient ([\w./-]*\w)/g)].map(([, resource = '']) => resource);
  return [...new Set(found)];
}
