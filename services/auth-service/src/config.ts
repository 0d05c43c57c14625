import { availableParallelism } from 'node:os';
import { BaseConfig, DatabaseConfig, envCount, envSeconds, parseConfig } from '@lab-orchestrator/platform';
import { z } from 'zod';

const daysS = (days: number) => days * 86_400;

export const AuthConfig = BaseConfig.extend(DatabaseConfig.shape).extend({
  /** Counts failed sign-ins across processes; without it each process counts for itself. */
  LAB_REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** The browser's origin: issuer of the access tokens and start of invitation links. */
  LAB_PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
  /** Encrypts signing keys and derives refresh tokens. A new value signs everybody out. */
  LAB_AUTH_SECRET: z.string().min(32),
  /** The first administrator's password, when it was chosen before the first start; it is never written or logged. */
  LAB_FIRST_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  /** Where the generated password of the first administrator is written; without it the log shows it once. */
  LAB_FIRST_ADMIN_PASSWORD_FILE: z.string().optional(),
  LAB_KEY_ROTATION_S: envSeconds.default(daysS(30)),
  /** A browser that stays away longer has to sign in again. */
  LAB_SESSION_IDLE_S: envSeconds.default(daysS(14)),
  LAB_SESSION_MAX_S: envSeconds.default(daysS(60)),
  LAB_INVITATION_S: envSeconds.default(daysS(7)),
  LAB_PASSWORD_HASHES: envCount.default(Math.max(1, availableParallelism() - 1)),
  /** Failed sign-ins from one address block before it has to wait. */
  LAB_LOGIN_FAILURES_PER_BLOCK: envCount.default(20),
  LAB_LOGIN_WINDOW_S: envSeconds.default(900),
});
export type AuthConfig = z.infer<typeof AuthConfig>;

export const readConfig = (env: NodeJS.ProcessEnv = process.env): AuthConfig => parseConfig(AuthConfig, env);
