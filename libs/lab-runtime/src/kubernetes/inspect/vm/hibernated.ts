import { prefix } from '../../labels.js';

/** On a VM that was shut down for a pause: the run strategy that it has when it is not paused. */
export const hibernated = `${prefix}/hibernated`;
