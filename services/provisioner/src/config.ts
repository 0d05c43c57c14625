import {
  BaseConfig,
  envCount,
  envFlag,
  envList,
  envSeconds,
  parseConfig,
  RedisConfig,
} from '@lab-orchestrator/platform';
import { z } from 'zod';

/** What the provisioner reads from its environment. */
export const ProvisionerConfig = BaseConfig.extend({
  ...RedisConfig.shape,
  LAB_RUNTIME: z.enum(['local']).default('local'),
  /** Identifies this installation on the engine, so that two never collect each other's objects. */
  LAB_INSTANCE: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,11}$/)
    .default('default'),
  LAB_DATA_DIR: z.string().min(1),
  LAB_IMAGE_CACHE_DIR: z.string().min(1),
  LAB_ENGINE_URL: z.string().optional(),
  LAB_SESSION_CONCURRENCY: envCount.default(16),
  LAB_IMAGE_CONCURRENCY: envCount.default(2),
  LAB_SWEEP_S: envSeconds.default(60),
  /** Hosts that image imports may reach although their addresses are private. */
  LAB_IMAGE_ALLOWED_HOSTS: envList.default([]),
  LAB_IMAGE_ALLOW_HTTP: envFlag.default(false),
});
export type ProvisionerConfig = z.infer<typeof ProvisionerConfig>;

export const readConfig = () => parseConfig(ProvisionerConfig, process.env);
