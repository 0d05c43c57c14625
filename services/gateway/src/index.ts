export { readConfig } from './config.js';
export { gateway } from './gateway.js';
