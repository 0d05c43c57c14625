import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { batched } from './batched.js';

function recorder(fails: (items: number[]) => boolean = () => false) {
  const runs: number[][] = [];
  const run = batched(async (items: number[]) => {
    runs.push(items);
    await delay(5);
    if (fails(items)) throw new Error(`no ${items.join()}`);
  });
  return { runs, run };
}

describe('batched', () => {
  it('runs what comes alone at once, and what comes meanwhile together', async () => {
    const { runs, run } = recorder();
    await Promise.all([1, 2, 3].map(run));
    await run(4);
    expect(runs).toEqual([[1], [2, 3], [4]]);
  });

  it('ends a call only when its own item is done', async () => {
    const { runs, run } = recorder();
    const ended: number[] = [];
    const ends = async (item: number) => {
      await run(item);
      ended.push(item);
    };
    const second = [ends(1), ends(2)][1];
    await expect.poll(() => ended, { interval: 1 }).toEqual([1]);
    await second;
    expect(runs).toEqual([[1], [2]]);
  });

  it('tells only the one at fault', async () => {
    const { runs, run } = recorder((items) => items.includes(3));
    const results = await Promise.allSettled([1, 2, 3, 4].map(run));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { message: 'no 3' } });
    expect(runs).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
    await run(5);
  });
});
