import type { ServiceDefinition } from '@lab-orchestrator/platform';
import type { InstructionConfig } from './config.js';
import { migrations } from './database/migrations.js';
import { InstructionModule } from './instruction.module.js';
import { LabInstructionsEntity } from './labs/lab-instructions.entity.js';
import { SessionEntity } from './sessions/session.entity.js';

/** Instructions, and how far everybody is: ticks, checks, quizzes, hints, progress. */
export const instructionService = (config: InstructionConfig): ServiceDefinition => ({
  name: 'instruction-service',
  config,
  module: InstructionModule,
  database: {
    url: config.LAB_DATABASE_URL,
    poolSize: config.LAB_DATABASE_POOL,
    schema: 'instruction',
    entities: [LabInstructionsEntity, SessionEntity],
    migrations,
  },
  // Most of these wait for a check that runs in a system; ticks must not wait behind them.
  requestConcurrency: 512,
});
