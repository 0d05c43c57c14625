import { BaseConfig, DatabaseConfig, ThreadsConfig } from '@lab-orchestrator/platform';
import type { z } from 'zod';

export const InstructionConfig = BaseConfig.extend({ ...DatabaseConfig.shape, ...ThreadsConfig.shape });
export type InstructionConfig = z.infer<typeof InstructionConfig>;
