import type { ServiceDefinition } from '@lab-orchestrator/platform';
import type { ProvisionerConfig } from './config.js';
import { ProvisionerModule } from './provisioner.module.js';

/** The service that makes the runtime look like what is wanted. */
export const provisioner = (config: ProvisionerConfig): ServiceDefinition<ProvisionerConfig> => ({
  name: 'provisioner',
  config,
  module: ProvisionerModule,
  eventConcurrency: 64,
});
