import type { Reason } from '@lab-orchestrator/contracts';

type Cause = Omit<Reason, 'system'>;

const restart = 'Restart the system; if it happens again, tell your lecturer.';
const administrator = 'Your lecturer must ask an administrator: the cluster has to be changed.';

/** Texts of Kubernetes are for machines and long; what matters stands at their beginning. */
const short = (message: string | undefined): string => {
  const text = (message ?? '').replaceAll(/\s+/g, ' ').trim();
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
};

/** What can be wrong with a VM: the cause for lecturers, advice for learners. */
export const vmReasons = {
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
  diskMissing: (message?: string): Cause => ({
    code: 'disk_missing',
    text: `A disk is not there: ${short(message)}`,
    advice: 'End this lab and start it again.',
  }),
  diskFailed: (disk: string, message?: string): Cause => ({
    code: 'disk_failed',
    text: `The disk ${disk} cannot be made: ${short(message)}`,
    advice: 'Tell your lecturer; it is tried again by itself.',
  }),
  diskLate: (disk: string, minutes: number, message?: string): Cause => ({
    code: 'disk_not_ready_in_time',
    text: `The disk ${disk} was not ready within ${minutes} minutes: ${short(message)}`,
    advice: 'Start the lab again later; if it happens again, tell your lecturer.',
  }),
  storageUnusable: (disk: string, message?: string): Cause => ({
    code: 'storage_misconfigured',
    text: `The cluster's storage cannot hold the disk ${disk}: ${short(message)}`,
    advice: administrator,
  }),
  quotaExceeded: (message?: string): Cause => ({
    code: 'quota_exceeded',
    text: `The lab is larger than its quota in the cluster: ${short(message)}`,
    advice: 'Tell your lecturer: the lab needs more than it may have.',
  }),
  refused: (message?: string): Cause => ({
    code: 'vm_refused',
    text: `The cluster refuses it: ${short(message)}`,
    advice: administrator,
  }),
  crashed: (times: number): Cause => ({
    code: 'vm_crashed',
    text: `Its emulator ended ${times} times in a row. It is tried again at ever longer intervals.`,
    advice: restart,
  }),
  diskFull: (): Cause => ({
    code: 'disk_full',
    text: 'QEMU stopped the guest: its disk cannot be written.',
    advice: 'An administrator must make room in the storage of the cluster.',
  }),
  nodeLost: (node: string | undefined): Cause => ({
    code: 'node_lost',
    text: `The node ${node ?? 'it runs on'} does not answer any more.`,
    advice: restart,
  }),
  late: (seconds: number): Cause => ({
    code: 'not_ready_in_time',
    text: `It runs, but did not answer within ${seconds} seconds.`,
    advice: restart,
  }),
};

/** What the scheduler says is short, e.g. `memory`, `cpu`: "0/3 nodes are available: 2 Insufficient memory, …". */
export function shortResources(message: string | undefined): string[] {
  const found = [...(message ?? '').matchAll(/Insufficient ([\w./-]*\w)/g)].map(([, resource = '']) => resource);
  return [...new Set(found)];
}
