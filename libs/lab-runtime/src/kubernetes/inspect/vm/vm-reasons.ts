import { type Cause, advice, reasons, short } from '../reasons.js';

/** What can be wrong with a VM: the cause for lecturers, advice for learners. */
export const vmReasons = {
  ...reasons,
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
    advice: advice.administrator,
  }),
  refused: (message?: string): Cause => ({
    code: 'vm_refused',
    text: `The cluster refuses it: ${short(message)}`,
    advice: advice.administrator,
  }),
  crashed: (times: number): Cause => ({
    code: 'vm_crashed',
    text: `Its emulator ended ${times} times in a row. It is tried again at ever longer intervals.`,
    advice: advice.restart,
  }),
  diskFull: (): Cause => ({
    code: 'disk_full',
    text: 'QEMU stopped the guest: its disk cannot be written.',
    advice: 'An administrator must make room in the storage of the cluster.',
  }),
  late: (seconds: number): Cause => ({
    code: 'not_ready_in_time',
    text: `It runs, but did not answer within ${seconds} seconds.`,
    advice: advice.restart,
  }),
};
