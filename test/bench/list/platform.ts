import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startNats, startPostgres, startRedis } from '@lab-orchestrator/dev';
import { apiPrefix } from '@lab-orchestrator/contracts';
import pg from 'pg';
import { ApiClient } from '../../../tools/launcher/seed/api-client.ts';
import { importSampleLabs } from '../../../tools/launcher/seed/sample-labs.ts';
import { checkout } from '../../../tools/setup/checkout.mjs';
import { type ProductProcess, startProductProcess } from '../support/product-process.ts';
import type { Target } from './callers.process.ts';
import { StatementLog } from './statement-log.ts';

export interface Platform {
  readonly list: Target;
  readonly databaseUrl: string;
  readonly log: StatementLog;
  /** The processes whose CPU time a request costs. */
  readonly pids: number[];
  stop(): Promise<void>;
}

const admin = { username: 'admin', password: 'an administrator of a bench' };
const learner = { username: 'ada', password: 'a learner of a bench 1', displayName: 'Ada', role: 'learner' };
const secret = 'a secret of a bench, known to everybody';

/** What a list needs: gateway, lab-service and auth-service on stores of their own, and sessions of one learner among many. */
export async function startPlatform(): Promise<Platform> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const log = new StatementLog();
  const [postgres, nats, redis] = await Promise.all([startPostgres({ onOutput: log.read }), startNats(), startRedis()]);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const shared = {
    LAB_NATS_URL: nats.url,
    LAB_PUBLIC_URL: origin,
    LAB_DATABASE_URL: postgres.url,
    LAB_REDIS_URL: redis.url,
  };
  const services: ProductProcess[] = [];
  const start = async (name: string, env: Record<string, string>) => {
    const service = await startProductProcess(name, { ...shared, ...env });
    services.push(service);
    return service.pid;
  };
  await start('auth-service', { LAB_AUTH_SECRET: secret, LAB_FIRST_ADMIN_PASSWORD: admin.password });
  // Its timers would end sessions that nothing runs behind.
  const labPid = await start('lab-service', { LAB_SESSION_SECRET: secret, LAB_TIMER_INTERVAL_S: '3600' });
  // One caller makes all the load: the limit per person is not what is measured.
  const unlimited = { LAB_RATE_PER_USER: '100000000', LAB_RATE_PER_ADDRESS: '100000000' };
  const gatewayPid = await start('gateway', { LAB_PORT: String(port), LAB_WEB_DIR: folder, ...unlimited });
  const door = `http://127.0.0.1:${port}`;
  const token = await fill(door, origin, postgres.url);
  return {
    list: { url: `${door}${apiPrefix}/sessions?limit=20`, headers: { authorization: `Bearer ${token}` } },
    databaseUrl: postgres.url,
    log,
    pids: [gatewayPid, labPid],
    async stop() {
      for (const service of services.toReversed()) await service.stop();
      await Promise.all([postgres.stop(), nats.stop(), redis.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the learner's token */
async function fill(door: string, origin: string, databaseUrl: string): Promise<string> {
  const api = await new ApiClient(door).signIn(admin.username, admin.password);
  await importSampleLabs({ of: () => api }, join(checkout, 'labs'));
  const { id } = (await api.send('POST', '/users', JSON.stringify(learner))) as { id: string };
  await addSessions(databaseUrl, id);
  const answer = await fetch(`${door}${apiPrefix}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ username: learner.username, password: learner.password }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

/** 30 of this learner among 5,000, as after a term. */
async function addSessions(databaseUrl: string, learnerId: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO lab.sessions (id, lab_id, lab_version, owner_id, owner_name, desired, generation, phase, phase_since,
       systems, variables, cpus, memory_bytes, created_at, admitted_at, ready_at, ended_at, deadline_at, idle_s)
     SELECT gen_random_uuid(), lab.id, lab.version, CASE WHEN n <= 30 THEN $1::uuid ELSE gen_random_uuid() END, 'Ada',
       'ended', 2, 'ended', now(), '[]', '', 1, 268435456, now() - n * interval '1 hour', now() - n * interval '1 hour',
       now() - n * interval '59 minutes', now() - n * interval '30 minutes', now(), 1200
     FROM lab.labs lab, generate_series(1, 5000) n WHERE lab.slug = 'first-steps'`,
    [learnerId],
  );
  await client.query('ANALYZE');
  await client.end();
}
