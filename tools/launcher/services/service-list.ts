export interface Surroundings {
  databaseUrl: string;
  natsUrl: string;
  redisUrl: string;
  engineUrl: string;
  instance: string;
  /** Folder of the runtime: disks, files of sessions. */
  runtimeDir: string;
  cacheDir: string;
  webDir: string;
  firstAdminPasswordFile: string;
  authSecret: string;
  sessionSecret: string;
  publicUrl: string;
  port: number;
  consolePort: number;
}

export const SERVICES = [
  'auth-service',
  'lab-service',
  'instruction-service',
  'provisioner',
  'console-service',
  'gateway',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The longest name, for the column before log lines. */
export const NAME_WIDTH = Math.max(...SERVICES.map((name) => name.length));

/**
 * How Node.js runs a service. What consoles pass on are buffers outside of the heap: with a small young generation they
 * are freed at once and cheaply, with the usual one by collections of the whole heap, once or twice a second.
 */
export const nodeOptionsOf = (name: ServiceName): string[] =>
  name === 'console-service' ? ['--max-semi-space-size=1'] : [];

/** What one service reads from its environment. A service gets the secrets it needs and no others. */
export function environmentOf(name: ServiceName, around: Surroundings): Record<string, string> {
  const shared = {
    LAB_NATS_URL: around.natsUrl,
    LAB_PUBLIC_URL: around.publicUrl,
    LAB_INSTANCE: around.instance,
    NODE_ENV: 'production',
  };
  const database = { LAB_DATABASE_URL: around.databaseUrl };
  const redis = { LAB_REDIS_URL: around.redisUrl };
  const runtime = {
    LAB_RUNTIME: 'local',
    LAB_ENGINE_URL: around.engineUrl,
    LAB_DATA_DIR: around.runtimeDir,
    LAB_IMAGE_CACHE_DIR: around.cacheDir,
  };
  const own: Record<ServiceName, Record<string, string>> = {
    'auth-service': {
      ...database,
      ...redis,
      LAB_AUTH_SECRET: around.authSecret,
      LAB_FIRST_ADMIN_PASSWORD_FILE: around.firstAdminPasswordFile,
    },
    'lab-service': { ...database, LAB_SESSION_SECRET: around.sessionSecret },
    'instruction-service': { ...database },
    provisioner: { ...redis, ...runtime },
    'console-service': { ...redis, ...runtime, LAB_CONSOLE_PORT: String(around.consolePort) },
    gateway: {
      ...redis,
      LAB_CONSOLE_URL: `http://127.0.0.1:${around.consolePort}`,
      LAB_PORT: String(around.port),
      LAB_WEB_DIR: around.webDir,
    },
  };
  return { ...shared, ...own[name] };
}
