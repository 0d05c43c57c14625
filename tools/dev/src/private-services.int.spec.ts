import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startNats, startPostgres, startRedis } from './index.js';
import { dial } from './network/dial.js';
import { startTimeOf } from './process/process-identity.js';
import { testDatabase } from './testing/index.js';

const kept = mkdtempSync(join(tmpdir(), 'lab-dev-spec-'));
afterAll(() => rmSync(kept, { recursive: true, force: true }));

const listens = (port: number) => dial(port, 'PING\r\n', '');
const query = async (url: string, sql: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe.each([
  ['PostgreSQL', startPostgres],
  ['NATS', startNats],
  ['Redis', startRedis],
])('%s', (name, start) => {
  it('comes back on the same address after a kill, and stops', async () => {
    const service = await start({ dataDir: join(kept, name) });
    const { url, pid } = service;
    await service.kill();
    expect(service.pid).toBeUndefined();
    expect(await listens(service.port)).toBe(false);

    await service.restart();
    expect(service.url).toBe(url);
    expect(service.pid).not.toBe(pid);

    const last = service.pid ?? 0;
    await service.stop();
    expect(await startTimeOf(last)).toBeUndefined();
  });

  it('tells when it ends by itself', async () => {
    let told = '';
    const service = await start({ onUnexpectedExit: (how) => (told = how) });
    process.kill(service.pid ?? 0, 'SIGKILL');
    await expect.poll(() => told).toBe('signal SIGKILL');
    await service.stop();
  });

  it('takes over the folder of a run that left its server behind', async () => {
    const dataDir = join(kept, `${name}-twice`);
    const first = await start({ dataDir });
    const second = await start({ dataDir });
    expect(first.pid).toBeUndefined();
    await second.stop();
  });
});

it('keeps rows over a kill', async () => {
  const postgres = await startPostgres({ dataDir: join(kept, 'rows') });
  await query(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await postgres.kill();
  await postgres.restart();
  expect(await query(postgres.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await postgres.stop();
});

it('keeps clients without the password out', async () => {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  expect(await dial(redis.port, 'PING\r\n', '+PONG')).toBe(false);
  expect(await dial(redis.port, 'PING\r\n', '-NOAUTH')).toBe(true);
  await expect(query(postgres.url.replace(/:[^:@]*@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
  await Promise.all([redis.stop(), postgres.stop()]);
});

it('ends with its parent, however that dies', async () => {
  execFileSync('tsc', ['-b', join(import.meta.dirname, '..')]);
  const program = `
    import { startNats, startPostgres, startRedis } from ${JSON.stringify(join(import.meta.dirname, '../dist/index.js'))};
    const started = await Promise.all([startNats(), startPostgres(), startRedis()]);
    console.log(JSON.stringify(started.map((service) => service.pid)));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pids: number[] = JSON.parse(String(line));
  expect(await Promise.all(pids.map(startTimeOf))).not.toContain(undefined);
  parent.kill('SIGKILL');
  await expect
    .poll(() => Promise.all(pids.map(startTimeOf)), { timeout: 20_000 })
    .toEqual([undefined, undefined, undefined]);
});

it('removes its temporary folder', async () => {
  const redis = await startRedis();
  const folder = `/proc/${redis.pid}/cwd`;
  expect(existsSync(folder)).toBe(true);
  const path = readlinkSync(folder);
  await redis.stop();
  expect(existsSync(path)).toBe(false);
});

it('gives every spec its own database', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  await query(one.url, 'CREATE TABLE mine (id int)');
  expect(await query(two.url, `SELECT to_regclass('mine') AS found`)).toEqual([{ found: null }]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
});
