import { fileURLToPath } from 'node:url';
import { BaseConfig, envCount, envList, envPort, envSeconds, parseConfig } from '@lab-orchestrator/platform';
import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/ });
const mib = 1_048_576;

export const GatewayConfig = BaseConfig.extend({
  LAB_PORT: envPort.default(8080),
  LAB_HOST: z.string().default('127.0.0.1'),
  /** What the browser's address bar shows; issuer of the access tokens, and the only Origin that may use the cookie. */
  LAB_PUBLIC_URL: httpUrl.transform((url) => new URL(url).origin).default('http://localhost:8080'),
  /** Lab web apps have host names below this one, on no other origin. */
  LAB_APPS_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/)
    .default('apps.localhost'),
  /** Where console-service listens; consoles and lab web apps are passed through to it. */
  LAB_CONSOLE_URL: httpUrl.default('http://127.0.0.1:8090'),
  /** Origins of consoles when the ingress sends browsers to console-service directly, as in production. */
  LAB_CONSOLE_ORIGINS: envList.default([]),
  /** Counts requests and keeps first answers for all processes; without it each process does so for itself. */
  LAB_REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  LAB_WEB_DIR: z.string().default(fileURLToPath(new URL('../../../web/dist', import.meta.url))),
  /** Addresses or networks of proxies whose X-Forwarded-For is believed. */
  LAB_TRUSTED_PROXIES: envList.default([]),
  LAB_RATE_PER_USER: envCount.default(1_200),
  LAB_RATE_PER_ADDRESS: envCount.default(3_000),
  LAB_RATE_WINDOW_S: envSeconds.default(60),
  LAB_ARCHIVE_MAX_BYTES: envCount.default(100 * mib),
  LAB_IMAGE_MAX_BYTES: envCount.default(50 * 1024 * mib),
  LAB_EVENT_STREAMS_PER_USER: envCount.default(20),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;

export const readConfig = (env: NodeJS.ProcessEnv = process.env): GatewayConfig => parseConfig(GatewayConfig, env);
