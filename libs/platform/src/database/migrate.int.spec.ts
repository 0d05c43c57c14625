import { testDatabase } from '@lab-orchestrator/dev/testing';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inboxMigration } from '../inbox/inbox.migration.js';
import { outboxMigration } from '../outbox/outbox.migration.js';
import { migrate, revert } from './migrate.js';

Logger.overrideLogger(false);

let postgres: Awaited<ReturnType<typeof testDatabase>>;
let client: Client;

beforeEach(async () => {
  postgres = await testDatabase();
  client = new Client({ connectionString: postgres.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await postgres.drop();
});

const first = { name: '0001-first', up: 'CREATE TABLE firsts (id int)', down: 'DROP TABLE firsts' };
const second = { name: '0002-second', up: 'ALTER TABLE firsts ADD note text', down: 'ALTER TABLE firsts DROP note' };
const options = (...migrations: (typeof first)[]) => ({ url: postgres.url, schema: 'spec', migrations });

async function columns() {
  const { rows } = await client.query<{ at: string }>(
    `SELECT table_name || '.' || column_name AS at FROM information_schema.columns
     WHERE table_schema = 'spec' AND table_name <> 'migrations' ORDER BY 1`,
  );
  return rows.map(({ at }) => at);
}

it('applies what is missing, once', async () => {
  expect(await migrate(options(first))).toEqual(['0001-first']);
  expect(await migrate(options(first, second))).toEqual(['0002-second']);
  expect(await migrate(options(first, second))).toEqual([]);
  expect(await columns()).toEqual(['firsts.id', 'firsts.note']);
});

it('lets one of several processes that start at once do it', async () => {
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(options(first, second))));
  expect(applied.flat()).toEqual(['0001-first', '0002-second']);
});

it('takes back a change that fails halfway, names it, and keeps the ones before it', async () => {
  const broken = { name: '0002-broken', up: 'CREATE TABLE seconds (id int); SELECT no_such_thing()', down: 'SELECT 1' };
  await expect(migrate(options(first, broken))).rejects.toThrow(/migration 0002-broken failed: .*no_such_thing/);
  expect(await columns()).toEqual(['firsts.id']);
  expect(await migrate(options(first, second))).toEqual(['0002-second']);
});

it.each([
  ['a service’s', [first, second]],
  ['the platform’s', [outboxMigration, inboxMigration]],
])('undoes %s changes and applies them again', async (_, migrations) => {
  await migrate(options(...migrations));
  const before = await columns();
  expect(await revert(options(...migrations), 2)).toEqual(migrations.map(({ name }) => name).toReversed());
  expect(await columns()).toEqual([]);
  await migrate(options(...migrations));
  expect(await columns()).toEqual(before);
});
