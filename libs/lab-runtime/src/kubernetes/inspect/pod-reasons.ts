import type { Reason } from '@lab-orchestrator/contracts';

type Cause = Omit<Reason, 'system'>;

const restart = 'Restart the system; if it happens again, tell your lecturer.';
const author = 'Tell the author of the lab.';

/** Texts of Kubernetes are for machines and long; what matters stands at their beginning, of a log at its end. */
export function short(message: string | undefined): string {
  const text = (message ?? '').replaceAll(/\s+/g, ' ').trim();
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}

/** What can be wrong with a container system: the cause for lecturers, advice for learners. */
export const podReasons = {
  imageNotPulled: (image: string, message?: string): Cause => ({
    code: 'image_not_found',
    text: `The image ${image} cannot be pulled: ${short(message)}`,
    advice: 'Tell your lecturer: the image of this system cannot be fetched. It is tried again by itself.',
  }),
  noNodeFits: (missing: readonly string[], message?: string): Cause => ({
    code: 'no_node_fits',
    text:
      missing.length > 0
        ? `No node of the cluster has room for it. What is short: ${missing.join(', ')}.`
        : `No node of the cluster takes it: ${short(message)}`,
    advice: 'Wait until other labs have ended, or tell your lecturer that the system is too large.',
  }),
  notStartable: (message?: string): Cause => ({
    code: 'system_not_startable',
    text: `It cannot be started: ${short(message)}`,
    advice: author,
  }),
  exited: (exitCode: number | undefined, log?: string): Cause => ({
    code: 'system_exited',
    text: `Its main process ended with code ${exitCode ?? 'unknown'}.${log ? ` It wrote: ${short(log)}` : ''}`,
    advice: restart,
  }),
  outOfMemory: (): Cause => ({
    code: 'out_of_memory',
    text: 'It was killed, most likely because it needed more memory than it has.',
    advice: 'Restart the system; the author of the lab can give it more memory.',
  }),
  diskFull: (message?: string): Cause => ({
    code: 'disk_full',
    text: `It was ended because of what it wrote to its disk: ${short(message)}`,
    advice: 'Restart the system; what it wrote is gone.',
  }),
  evicted: (message?: string): Cause => ({
    code: 'system_evicted',
    text: `The cluster ended it: ${short(message)}`,
    advice: restart,
  }),
  refusedByNode: (reason: string, message?: string): Cause => ({
    code: 'system_refused',
    text: `The node refuses it (${reason}): ${short(message)}`,
    advice: 'Your lecturer must ask an administrator: the cluster has to be changed.',
  }),
  nodeLost: (node: string | undefined): Cause => ({
    code: 'node_lost',
    text: `The node ${node ?? 'it runs on'} does not answer any more.`,
    advice: restart,
  }),
  late: (seconds: number, doing?: string): Cause => ({
    code: 'not_ready_in_time',
    text: `It did not answer within ${seconds} seconds.${doing ? ` The cluster says: ${short(doing)}` : ''}`,
    advice: restart,
  }),
  deleted: (): Cause => ({
    code: 'system_deleted',
    text: 'It is not there any more: somebody deleted it, or its node is gone.',
    advice: 'Start the lab again, or tell your lecturer.',
  }),
};
