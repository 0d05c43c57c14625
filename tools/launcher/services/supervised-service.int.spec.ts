import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startTimeOf } from '@lab-orchestrator/dev';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SupervisedService } from './supervised-service.ts';

/** A service as small as can be: ready at once, and it writes its process id down. */
const HEALTHY = `
  const { createServer } = require('node:http');
  const { appendFileSync } = require('node:fs');
  createServer((_, answer) => answer.end('ready')).listen(process.env.LAB_HEALTH_PORT, '127.0.0.1', () => {
    appendFileSync('pids', process.pid + ' ');
    console.log('{"level":"info","msg":"ready"}');
  });
  process.on('SIGTERM', () => process.exit(0));`;

let folder = '';
let service: SupervisedService | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-service-'));
  mkdirSync(join(folder, 'dist'));
});
afterEach(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true });
});

async function start(program: string): Promise<SupervisedService> {
  writeFileSync(join(folder, 'dist/main.js'), program);
  const healthPort = await freePort();
  const env = { ...process.env, LAB_HEALTH_PORT: String(healthPort) };
  service = new SupervisedService({
    name: 'example',
    folder,
    healthPort,
    env,
    logFile: join(folder, 'log'),
    nameWidth: 7,
  });
  return service;
}

const pids = () => readFileSync(join(folder, 'pids'), 'utf8').trim().split(' ').map(Number);

it('starts a crashed service again', async () => {
  const running = await start(HEALTHY);
  await running.untilReady();
  process.kill(pids()[0] ?? 0, 'SIGKILL');
  await expect.poll(() => pids().length, { timeout: 20_000 }).toBe(2);
  await running.untilReady();
});

it('stops it, and keeps what it said', async () => {
  const running = await start(HEALTHY);
  await running.untilReady();
  const [pid = 0] = pids();
  await running.stop();
  expect(await startTimeOf(pid)).toBeUndefined();
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('{"level":"info","msg":"ready"}\n');
});

it('gives up on a service that never becomes ready, with advice', async () => {
  const running = await start(`throw new Error('no such table')`);
  await expect(running.untilReady()).rejects.toMatchObject({
    name: 'Advice',
    message: expect.stringContaining('example ended again and again'),
  });
  expect(readFileSync(join(folder, 'log'), 'utf8').match(/Error: no such table/g)).toHaveLength(3);
});
