import { BaseConfig, DatabaseConfig, envCount, envSeconds, ThreadsConfig } from '@lab-orchestrator/platform';
import { z } from 'zod';

export const LabConfig = BaseConfig.extend({
  ...DatabaseConfig.shape,
  ...ThreadsConfig.shape,
  /** Encrypts the variables of sessions at rest. Kept for ever: sessions of another secret cannot be built again. */
  LAB_SESSION_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** How often deadlines, idle sessions and the queue are looked at. */
  LAB_TIMER_INTERVAL_S: envSeconds.default(5),
  LAB_PROVISIONING_TIMEOUT_S: envSeconds.default(900),
  /** How long a failed session stays, so that its people can read why. */
  LAB_FAILED_KEPT_S: envSeconds.default(3600),
  /** Sessions that one user may have waiting in the queue. */
  LAB_WAITING_PER_USER: envCount.default(5),
});
export type LabConfig = z.infer<typeof LabConfig>;
