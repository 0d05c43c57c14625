import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Where the run's private PostgreSQL is; set by the global set-up, which every worker inherits. */
export const TEST_POSTGRES_URL = 'LAB_TEST_POSTGRES_URL';

export interface TestDatabase {
  readonly url: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
}

/** A new, empty database on the private PostgreSQL of this test run. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env[TEST_POSTGRES_URL];
  if (server === undefined) throw new Error('testDatabase() needs the global set-up of the test project "int"');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name}`);
  return {
    url: server.replace(/[^/]*$/, name),
    drop: () => query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
