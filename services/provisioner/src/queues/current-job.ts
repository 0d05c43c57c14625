import { AsyncLocalStorage } from 'node:async_hooks';

/** The id of the job that runs now: what makes a report of a repeated job the same report. */
const storage = new AsyncLocalStorage<string>();

export const runAsJob = <T>(id: string, work: () => T): T => storage.run(id, work);
export const currentJobId = () => storage.getStore() ?? 'none';
