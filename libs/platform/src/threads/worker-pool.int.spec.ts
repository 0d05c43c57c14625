import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ThreadsConfig } from '../config/base-config.js';
import { TransientError } from '../errors/transient-error.js';
import type { Task } from './work.fixture.js';
import { WorkEnded, workerFile, WorkerPool } from './worker-pool.js';

const work = { file: workerFile('./work.fixture', import.meta.url), name: 'work' };
beforeAll(() => Logger.overrideLogger(false));

const pools: Array<WorkerPool<Task, number>> = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function poolOf(settings: Record<string, string> = {}, { file, name } = work) {
  const pool = new WorkerPool<Task, number>({ file, name }, ThreadsConfig.parse(settings));
  pools.push(pool);
  return pool;
}

describe('work in threads', () => {
  it('is answered, and fails as itself', async () => {
    const pool = poolOf();
    expect(await Promise.all([1, 2, 3].map((answer) => pool.run({ answer })))).toEqual([1, 2, 3]);
    await expect(pool.run({ fail: 'a mistake' })).rejects.toThrow('a mistake');
    expect(await pool.run({ answer: 4 })).toBe(4);
  });

  it('that takes too long is ended, while the event loop goes on, and the next is done', async () => {
    const pool = poolOf({ LAB_THREADS_TIMEOUT_S: '4' });
    await pool.run({ answer: 1 });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const ended = pool.run('spin');
    const next = pool.run({ answer: 2 });
    await expect(ended).rejects.toEqual(expect.objectContaining({ name: 'WorkEnded', limit: 'time' }));
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(1_000);
    expect(await next).toBe(2);
  });

  it('that takes too much memory is ended, and the next is done', async () => {
    const pool = poolOf({ LAB_THREADS_MEMORY_MIB: '32' });
    await expect(pool.run('hoard')).rejects.toEqual(new WorkEnded('memory'));
    expect(await pool.run({ answer: 1 })).toBe(1);
  });

  it('is not taken when too much waits, and is when there is room again', async () => {
    const pool = poolOf({ LAB_THREADS_WAITING: '2', LAB_THREADS_TIMEOUT_S: '5' });
    const held = [pool.run('spin'), pool.run({ answer: 1 }), pool.run({ answer: 2 })];
    const settled = Promise.allSettled(held);
    await expect(pool.run({ answer: 3 })).rejects.toEqual(expect.objectContaining({ retryAfterS: 5 }));
    await expect(pool.run({ answer: 3 })).rejects.toBeInstanceOf(TransientError);
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await pool.run({ answer: 4 })).toBe(4);
  });

  it('ends with the pool, also what waits', async () => {
    const pool = poolOf();
    const settled = Promise.allSettled([pool.run('spin'), pool.run({ answer: 1 })]);
    await pool.close();
    for (const outcome of await settled)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'TransientError' } });
    await expect(pool.run({ answer: 2 })).rejects.toBeInstanceOf(TransientError);
  });

  it('whose module is not there fails at once', async () => {
    const pool = poolOf({}, { ...work, file: workerFile('./gone', import.meta.url) });
    await expect(pool.run({ answer: 1 })).rejects.toThrow(/gone/);
    await expect(pool.run({ answer: 1 })).rejects.toThrow(/gone/);
  });
});
