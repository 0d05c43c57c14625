import { checkRuntimeSettings, RuntimeSettings } from '@lab-orchestrator/lab-runtime';
import {
  BaseConfig,
  envCount,
  envList,
  envPort,
  envSeconds,
  parseConfig,
  RedisConfig,
} from '@lab-orchestrator/platform';
import { z } from 'zod';

/** What the console service reads from its environment. */
export const ConsoleConfig = BaseConfig.extend({
  ...RedisConfig.shape,
  LAB_CONSOLE_PORT: envPort.default(8090),
  LAB_CONSOLE_HOST: z.string().default('127.0.0.1'),
  /** Where browsers find the platform: the one allowed origin, unless more are listed. */
  LAB_PUBLIC_URL: z.url(),
  LAB_CONSOLE_ORIGINS: envList.optional(),
  /** Web apps of labs are served below this name, never on the platform's own origin. */
  LAB_APPS_DOMAIN: z.string().default('apps.localhost'),
  ...RuntimeSettings.shape,
  /** What is kept of a terminal for those who come back to it. */
  LAB_SCREEN_BYTES: envCount.default(262_144),
  /** How long a terminal without viewers goes on. */
  LAB_CONSOLE_LINGER_S: envSeconds.default(1_800),
  LAB_ACTIVITY_S: envSeconds.default(30),
  LAB_VIEWER_CHECK_S: envSeconds.default(30),
}).superRefine(checkRuntimeSettings);
export type ConsoleConfig = z.infer<typeof ConsoleConfig>;

export const readConfig = () => parseConfig(ConsoleConfig, process.env);

/** Pages that may open consoles: exact origins, no wildcard. */
export const allowedOrigins = (config: ConsoleConfig) =>
  (config.LAB_CONSOLE_ORIGINS ?? [config.LAB_PUBLIC_URL]).map((url) => new URL(url).origin);
