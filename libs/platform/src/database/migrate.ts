import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import type { Migration } from './migration.js';
import { quoteSchema } from './schema-name.js';

export interface MigrateOptions {
  url: string;
  schema: string;
  /** In the order in which they run. */
  migrations: readonly Migration[];
}

/** Applies what is missing, each change in its own transaction. Several processes may start at once: one migrates. */
export async function migrate({ url, schema, migrations }: MigrateOptions): Promise<string[]> {
  return withLock(url, schema, async (client) => {
    const applied = await appliedNames(client);
    const missing = migrations.filter(({ name }) => !applied.includes(name));
    for (const { name, up } of missing) {
      await inTransaction(client, `migration ${name}`, async () => {
        await client.query(up);
        await client.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
      });
      new Logger('Migrations').log(`${schema}: ${name} applied`);
    }
    return missing.map(({ name }) => name);
  });
}

/** Undoes the last `count` applied changes, newest first. */
export async function revert({ url, schema, migrations }: MigrateOptions, count: number): Promise<string[]> {
  return withLock(url, schema, async (client) => {
    const last = (await appliedNames(client)).toReversed().slice(0, count);
    for (const name of last) {
      const migration = migrations.find((candidate) => candidate.name === name);
      if (!migration) throw new Error(`migration ${name} is applied but not known here`);
      await inTransaction(client, `reverting ${name}`, async () => {
        await client.query(migration.down);
        await client.query('DELETE FROM migrations WHERE name = $1', [name]);
      });
    }
    return last;
  });
}

async function withLock<T>(url: string, schema: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: `${schema} migrations` });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`migrations:${schema}`]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoteSchema(schema)}`);
    await client.query(`SET search_path TO ${quoteSchema(schema)}, public`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS migrations (
        position bigint GENERATED ALWAYS AS IDENTITY,
        name text CONSTRAINT migrations_pkey PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`,
    );
    return await work(client);
  } finally {
    await client.end();
  }
}

async function appliedNames(client: Client) {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY position');
  return rows.map(({ name }) => name);
}

async function inTransaction(client: Client, what: string, work: () => Promise<void>) {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`${what} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
