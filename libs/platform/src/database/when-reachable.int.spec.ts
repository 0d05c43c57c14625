import { connect, createServer } from 'node:net';
import { freePort } from '@lab-orchestrator/dev';
import { testDatabase } from '@lab-orchestrator/dev/testing';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from './migrate.js';
import { whenReachable } from './when-reachable.js';

Logger.overrideLogger(false);

let postgres: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => void (postgres = await testDatabase()));
afterEach(() => postgres.drop());

const patience = { forMs: 20_000, pauseMs: 50 };

it('waits for a database that comes up later', async () => {
  const port = await freePort();
  const url = new URL(postgres.url);
  const later = new URL(postgres.url);
  later.port = String(port);
  later.hostname = '127.0.0.1';
  const migrated = whenReachable(() => migrate({ url: later.href, schema: 'late', migrations: [] }), patience);
  await new Promise((resolve) => setTimeout(resolve, 300));
  // The port opens, and leads to the real server.
  const door = createServer((near) => {
    const far = connect({ host: url.hostname, port: Number(url.port) });
    near.pipe(far).on('error', () => near.destroy());
    far.pipe(near).on('error', () => far.destroy());
  });
  door.listen(port, '127.0.0.1');
  try {
    expect(await migrated).toEqual([]);
  } finally {
    door.close();
  }
});

it('does not wait for what waiting does not cure', async () => {
  const wrong = new URL(postgres.url);
  wrong.password = 'wrong';
  const began = performance.now();
  await expect(
    whenReachable(() => migrate({ url: wrong.href, schema: 'x', migrations: [] }), patience),
  ).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(10_000);
});

it('gives up at last', async () => {
  const nobody = `postgres://lab:secret@127.0.0.1:${await freePort()}/lab`;
  const work = () => migrate({ url: nobody, schema: 'x', migrations: [] });
  await expect(whenReachable(work, { forMs: 200, pauseMs: 50 })).rejects.toThrow(/ECONNREFUSED/);
});
