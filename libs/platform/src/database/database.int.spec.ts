import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '@lab-orchestrator/dev/testing';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TransientError } from '../errors/transient-error.js';
import { UserError } from '../errors/user-error.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';

Logger.overrideLogger(false);

let postgres: Awaited<ReturnType<typeof testDatabase>>;
let dataSource: DataSource;
let other: DataSource;
let db: Database;

const accounts = {
  name: '0001-accounts',
  up: `CREATE TABLE accounts (id int CONSTRAINT accounts_pkey PRIMARY KEY, balance int NOT NULL);
       INSERT INTO accounts SELECT n, 100 FROM generate_series(1, 10) AS n;
       CREATE TABLE starts (id int CONSTRAINT starts_pkey PRIMARY KEY, part int NOT NULL);
       CREATE TABLE start_parts (id int CONSTRAINT start_parts_pkey PRIMARY KEY);`,
  down: 'DROP TABLE accounts, starts, start_parts;',
};

beforeAll(async () => {
  postgres = await testDatabase();
  await migrate({ url: postgres.url, schema: 'spec', migrations: [accounts] });
  const options = { url: postgres.url, schema: 'spec', entities: [], poolSize: 8 };
  dataSource = await createDataSource({ ...options, name: 'spec' }).initialize();
  other = await createDataSource({ ...options, name: 'onlooker' }).initialize();
  db = new Database(dataSource);
});

afterAll(async () => {
  await Promise.all([dataSource.destroy(), other.destroy()]);
  await postgres.drop();
});

const move = (tx: EntityManager, id: number, amount: number) =>
  tx.query('UPDATE accounts SET balance = balance + $2 WHERE id = $1', [id, amount]);

/** Cuts every connection of the database under test, not the onlooker's. */
const cut = () =>
  other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'spec' AND datname = current_database()`,
  );

describe('a transaction', () => {
  it('runs again when two block each other', async () => {
    const transfers = Array.from({ length: 6 }, (_, n) =>
      db.transaction(
        async (tx) => {
          const [from, to] = n % 2 ? [1, 2] : [2, 1];
          await move(tx, from, -1);
          await sleep(20);
          await move(tx, to, 1);
        },
        { attempts: 10 },
      ),
    );
    await Promise.all(transfers);
    expect(await dataSource.query('SELECT sum(balance)::int AS sum FROM accounts')).toEqual([{ sum: 1_000 }]);
  }, 60_000);

  it('runs again after its connection was cut, and only the last try counts', async () => {
    let tries = 0;
    await db.transaction(async (tx) => {
      tries += 1;
      await tx.query('INSERT INTO start_parts VALUES ($1)', [10_000 + tries]);
      if (tries === 1) await cut();
      await tx.query('SELECT 1');
    });
    expect(tries).toBe(2);
    expect(await dataSource.query('SELECT id FROM start_parts WHERE id >= 10000')).toEqual([{ id: 10_002 }]);
  });

  it('is not repeated when the work itself refuses', async () => {
    let tries = 0;
    const refusing = db.transaction(async () => {
      tries += 1;
      throw new UserError('no');
    });
    await expect(refusing).rejects.toBeInstanceOf(UserError);
    expect(tries).toBe(1);
  });

  it('ends as a passing outage when the database stays away', async () => {
    const failing = db.transaction(
      async (tx) => {
        await cut();
        await tx.query('SELECT 1');
      },
      { attempts: 2 },
    );
    await expect(failing).rejects.toBeInstanceOf(TransientError);
  });

  it('is not repeated when the connection breaks in COMMIT: it may have been committed', async () => {
    let tries = 0;
    const work = async (tx: EntityManager) => {
      tries += 1;
      // A deferred trigger keeps COMMIT busy until the connection is cut.
      await tx.query('INSERT INTO slow_commits VALUES ($1)', [tries]);
      if (tries === 1) setTimeout(() => void cut(), 150);
    };
    await other.query(`
      SET search_path TO spec;
      CREATE TABLE slow_commits (id int CONSTRAINT slow_commits_pkey PRIMARY KEY);
      CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.id = 1 THEN PERFORM pg_sleep(1); END IF; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow_commits_wait AFTER INSERT ON slow_commits
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit();`);
    await expect(db.transaction(work)).rejects.toThrow('the connection broke during COMMIT');
    expect(tries).toBe(1);
    tries = 0;
    await db.transaction(work, { repeatable: true });
    expect(tries).toBe(2);
  });
});

it('leaves nothing half committed while connections are cut again and again', async () => {
  const stop = new AbortController();
  const cutting = (async () => {
    while (!stop.signal.aborted) {
      await sleep(150);
      await cut();
    }
  })();
  const unknown: number[] = [];
  const start = async (id: number) => {
    await db
      .transaction(
        async (tx) => {
          await tx.query('INSERT INTO starts VALUES ($1, $1)', [id]);
          await sleep(1);
          await tx.query('INSERT INTO start_parts VALUES ($1)', [id]);
        },
        { attempts: 20 },
      )
      .catch((error: unknown) => {
        if (!(error instanceof TransientError)) throw error;
        unknown.push(id);
      });
  };
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = 0; n < 25; n += 1) await start(lane * 25 + n);
  });
  await Promise.all(lanes);
  stop.abort();
  await cutting;
  const halves = await other.query(
    `SELECT id FROM starts FULL JOIN (SELECT id FROM start_parts WHERE id < 10000) AS parts USING (id)
     WHERE starts.part IS NULL OR NOT EXISTS (SELECT FROM start_parts WHERE start_parts.id = starts.id)`,
  );
  expect(halves).toEqual([]);
  const rows = await other.query<Array<{ id: number }>>('SELECT id FROM starts');
  const present = new Set([...rows.map(({ id }) => id), ...unknown]);
  expect(Array.from({ length: 200 }, (_, id) => id).filter((id) => !present.has(id))).toEqual([]);
}, 60_000);
