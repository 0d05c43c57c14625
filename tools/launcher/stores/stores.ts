import { type PrivateService, startNats, startPostgres, startRedis } from '@lab-orchestrator/dev';
import type { DataFolder } from '../data/data-folder.ts';
import { LogFile } from '../services/log-file.ts';
import { backoffMs } from '../services/backoff.ts';
import { note } from '../terminal/steps.ts';

export interface Stores extends AsyncDisposable {
  databaseUrl: string;
  natsUrl: string;
  redisUrl: string;
}

type Start = (options: {
  dataDir: string;
  onOutput: (chunk: Buffer) => void;
  onUnexpectedExit: (how: string) => void;
}) => Promise<PrivateService>;

/** Starts PostgreSQL, NATS and Redis in the data folder, except those that the environment names. */
export async function startStores(data: DataFolder, env: NodeJS.ProcessEnv): Promise<Stores> {
  const [database, nats, redis] = await Promise.all([
    storeFor('postgres', env['LAB_DATABASE_URL'], startPostgres, data),
    storeFor('nats', env['LAB_NATS_URL'], startNats, data),
    storeFor('redis', env['LAB_REDIS_URL'], startRedis, data),
  ]);
  const all = [database, nats, redis];
  return {
    databaseUrl: database.url,
    natsUrl: nats.url,
    redisUrl: redis.url,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((store) => store.stop()));
    },
  };
}

async function storeFor(
  name: string,
  url: string | undefined,
  start: Start,
  data: DataFolder,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (url) return { url, stop: async () => {} };
  const log = new LogFile(data.log(name));
  let restarts = 0;
  let running: PrivateService | undefined;
  let stopped = false;
  const again = async () => {
    if (stopped) return;
    await running?.restart().catch(later);
  };
  const later = (how: unknown) => {
    const waitMs = backoffMs((restarts += 1));
    note(`${name} ended (${String(how)}); starting it again in ${waitMs / 1000} s`);
    setTimeout(() => void again(), waitMs);
  };
  running = await start({ dataDir: data.in(name), onOutput: (chunk) => log.write(chunk), onUnexpectedExit: later });
  const service = running;
  return {
    url: service.url,
    stop: async () => {
      stopped = true;
      await service.stop();
      log.close();
    },
  };
}
