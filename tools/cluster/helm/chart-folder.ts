import { join } from 'node:path';

/** The chart of a checkout. */
export const chartFolder = (checkout: string) => join(checkout, 'deploy/helm/lab-orchestrator');
