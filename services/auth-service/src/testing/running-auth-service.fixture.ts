import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Principal, type ReplyOf, SignIn } from '@lab-orchestrator/contracts';
import type { PrivateService } from '@lab-orchestrator/dev';
import { type TestDatabase, testDatabase, testNats } from '@lab-orchestrator/dev/testing';
import { Database, RequestClient, type RunningService, startService } from '@lab-orchestrator/platform';
import { authService } from '../auth-service.js';
import { readConfig } from '../config.js';

export const publicUrl = 'http://localhost:8080';

export { KeyRing } from '../keys/key-ring.js';

export interface RunningAuthService {
  readonly nats: PrivateService;
  readonly database: TestDatabase;
  readonly passwordFile: string;
  readonly adminPassword: string;
  readonly service: RunningService;
  /** Asks it as another service would. */
  readonly requests: RequestClient;
  sql<T>(text: string, parameters?: unknown[]): Promise<T[]>;
  signIn(username: string, password: string, address?: string): Promise<ReplyOf<typeof SignIn>>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The real service on a private Postgres and NATS, with its first administrator. For specs. */
export async function runAuthService(env: Record<string, string> = {}): Promise<RunningAuthService> {
  const folder = await mkdtemp(join(tmpdir(), 'auth-service-'));
  const passwordFile = join(folder, 'password');
  const [database, nats] = await Promise.all([testDatabase(), testNats()]);
  const variables = {
    LAB_NATS_URL: nats.url,
    LAB_DATABASE_URL: database.url,
    LAB_LOG_LEVEL: 'silent',
    LAB_PUBLIC_URL: publicUrl,
    LAB_AUTH_SECRET: 'a secret of at least 32 characters',
    LAB_FIRST_ADMIN_PASSWORD_FILE: passwordFile,
    ...env,
  };
  const start = () => startService(authService(readConfig(variables)));
  let service = await start();
  const adminPassword = env['LAB_FIRST_ADMIN_PASSWORD'] ?? (await readFile(passwordFile, 'utf8')).trim();
  const requests = () => service.app.get(RequestClient);
  return {
    nats,
    database,
    passwordFile,
    adminPassword,
    get service() {
      return service;
    },
    get requests() {
      return requests();
    },
    sql: <T>(text: string, parameters: unknown[] = []) =>
      service.app.get(Database).transaction((tx) => tx.query<T[]>(text, parameters)),
    signIn: (username: string, password: string, address = '192.0.2.1') =>
      requests().call(SignIn, { username, password, address, userAgent: 'spec' }, { deadlineMs: 20_000 }),
    restart: async () => {
      await service.stop();
      service = await start();
    },
    stop: async () => {
      await service.stop();
      await nats.stop();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A caller as the gateway would pass it on. */
export function principal(role: Principal['role'], change: Partial<Principal> = {}): Principal {
  const userId = change.userId ?? '00000000-0000-4000-8000-000000000001';
  return { userId, username: role, displayName: role, role, via: 'session', ...change };
}
