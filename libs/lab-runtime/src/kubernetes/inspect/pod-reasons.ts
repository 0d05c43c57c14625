import { type Cause, advice, reasons, short } from './reasons.js';

const author = 'Tell the author of the lab.';

/** What can be wrong with a container system: the cause for lecturers, advice for learners. */
export const podReasons = {
  ...reasons,
  notStartable: (message?: string): Cause => ({
    code: 'system_not_startable',
    text: `It cannot be started: ${short(message)}`,
    advice: author,
  }),
  exited: (exitCode: number | undefined, log?: string): Cause => ({
    code: 'system_exited',
    text: `Its main process ended with code ${exitCode ?? 'unknown'}.${log ? ` It wrote: ${short(log)}` : ''}`,
    advice: advice.restart,
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
    advice: advice.restart,
  }),
  refusedByNode: (reason: string, message?: string): Cause => ({
    code: 'system_refused',
    text: `The node refuses it (${reason}): ${short(message)}`,
    advice: advice.administrator,
  }),
  late: (seconds: number, doing?: string): Cause => ({
    code: 'not_ready_in_time',
    text: `It did not answer within ${seconds} seconds.${doing ? ` The cluster says: ${short(doing)}` : ''}`,
    advice: advice.restart,
  }),
  deleted: (): Cause => ({
    code: 'system_deleted',
    text: 'It is not there any more: somebody deleted it, or its node is gone.',
    advice: 'Start the lab again, or tell your lecturer.',
  }),
};
