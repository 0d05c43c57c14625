import { z } from 'zod';
import { logLevels } from '../logging/create-logger.js';

/** `true`, `false`, `1`, `0`: z.coerce.boolean would read "false" as true. */
export const envFlag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });

/** A comma-separated list. */
export const envList = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

export const envPort = z.coerce.number().int().min(0).max(65_535);
export const envSeconds = z.coerce.number().positive();
export const envCount = z.coerce.number().int().positive();

const natsUrls = /^(nats|tls):\/\/[^,\s]+(,(nats|tls):\/\/[^,\s]+)*$/;

/** What every service reads. A service extends it: `BaseConfig.extend({ ... })`. */
export const BaseConfig = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  LAB_NATS_URL: z.string().regex(natsUrls, 'must be one or more of nats://host:port, separated by commas'),
  /** Copies of each stream; 3 on a NATS cluster. */
  LAB_NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  LAB_LOG_LEVEL: z.enum(logLevels).default('info'),
  /** The internal door with /health and /metrics. Closed when not set; 0 takes any free port. */
  LAB_HEALTH_PORT: envPort.optional(),
  LAB_HEALTH_HOST: z.string().default('127.0.0.1'),
  /** An OpenTelemetry collector (OTLP over HTTP) that gets the traces; without it none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** How long a stopping process may take to finish what it holds. */
  LAB_SHUTDOWN_S: envSeconds.default(20),
});
export type BaseConfig = z.infer<typeof BaseConfig>;

/** For services that own a schema in Postgres. */
export const DatabaseConfig = z.object({
  LAB_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  LAB_DATABASE_POOL: envCount.default(10),
});
export type DatabaseConfig = z.infer<typeof DatabaseConfig>;

/** For services that work on strangers' labs in threads, so that a hostile one holds up nobody else. */
export const ThreadsConfig = z.object({
  LAB_THREADS: envCount.default(1),
  /** Tasks that wait for a thread; more are told to come again. */
  LAB_THREADS_WAITING: envCount.default(16),
  /** A task that takes longer is ended. Above the time that compiling pages allows itself, which names the page. */
  LAB_THREADS_TIMEOUT_S: envSeconds.default(20),
  /** The heap of each thread, beside the memory of the process itself. */
  LAB_THREADS_MEMORY_MIB: envCount.default(320),
});
export type ThreadsConfig = z.infer<typeof ThreadsConfig>;

/** For services that use Redis. */
export const RedisConfig = z.object({ LAB_REDIS_URL: z.url({ protocol: /^rediss?$/ }) });
export type RedisConfig = z.infer<typeof RedisConfig>;
