import type { ServiceDefinition } from '@lab-orchestrator/platform';
import type { ConsoleConfig } from './config.js';
import { ConsoleModule } from './console.module.js';

/** The data plane: terminals, desktops and web apps of running labs. */
export const consoleService = (config: ConsoleConfig): ServiceDefinition<ConsoleConfig> => ({
  name: 'console-service',
  config,
  module: ConsoleModule,
  // Most of these are commands that wait for their turn or their end; tickets must not wait behind them.
  requestConcurrency: 512,
});
