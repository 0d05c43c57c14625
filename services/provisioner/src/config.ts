import { checkRuntimeSettings, RuntimeSettings } from '@lab-orchestrator/lab-runtime';
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
  ...RuntimeSettings.shape,
  LAB_SESSION_CONCURRENCY: envCount.default(16),
  LAB_IMAGE_CONCURRENCY: envCount.default(2),
  LAB_SWEEP_S: envSeconds.default(60),
  /** Hosts that image imports may reach although their addresses are private. */
  LAB_IMAGE_ALLOWED_HOSTS: envList.default([]),
  LAB_IMAGE_ALLOW_HTTP: envFlag.default(false),
}).superRefine(checkRuntimeSettings);
export type ProvisionerConfig = z.infer<typeof ProvisionerConfig>;

export const readConfig = () => parseConfig(ProvisionerConfig, process.env);
