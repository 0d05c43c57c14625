import { join } from 'node:path';
import { Client } from 'pg';
import { passwordIn } from '../password.js';
import type { PrivateService, PrivateServiceOptions } from '../private-service.js';
import { findPostgresProgram, requireProgram } from '../programs.js';
import { type Recipe, runServer } from '../server-process.js';
import { POSTGRES_NAME, prepareCluster } from './data-folder.js';
import { unprivileged } from './unprivileged.js';

export interface PostgresOptions extends PrivateServiceOptions {
  /** Survives a power cut (fsync). Default: true with a data folder, false without. */
  durable?: boolean;
}

/** A private PostgreSQL server with one empty database, also when we are root. */
export function startPostgres(options: PostgresOptions = {}): Promise<PrivateService> {
  const program = requireProgram(findPostgresProgram('postgres'), 'postgres', 'postgresql');
  const durable = options.durable ?? options.dataDir !== undefined;
  return runServer('postgres', options, (folder) => recipe(program, folder, durable));
}

async function recipe(program: string, folder: string, durable: boolean): Promise<Recipe> {
  const user = await unprivileged(folder);
  const password = await passwordIn(folder);
  const cluster = await prepareCluster(folder, user, join(folder, 'password'));
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    // Containers often have a tiny /dev/shm.
    'dynamic_shared_memory_type=mmap',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const url = (port: number) => `postgres://${POSTGRES_NAME}:${password}@127.0.0.1:${port}/${POSTGRES_NAME}`;
  return {
    name: 'PostgreSQL',
    // SIGINT is its fast shutdown; SIGTERM would wait for every client to leave.
    stopSignal: 'INT',
    wrapper: user.wrapper,
    command: (port) => [program, '-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    answers: (port) => answers(url(port)),
    url,
  };
}

/** The first successful answer also creates our database, which `initdb` does not. */
async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url.replace(/[^/]*$/, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [POSTGRES_NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${POSTGRES_NAME}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
