export { ProvisionerConfig } from './config.js';
export { provisioner } from './provisioner.js';
