import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Batches } from './batches.js';

/** Doubles numbers; refuses 13, and breaks at 666. */
function doubling(options = { lanes: 1, size: 10 }) {
  const batches: number[][] = [];
  const doubles = new Batches<number, number>(async (items) => {
    batches.push([...items]);
    await sleep(5);
    if (items.includes(666)) throw new Error('broken');
    return items.map((item) => (item === 13 ? { error: new Error('refused') } : { value: item * 2 }));
  }, options);
  return { batches, do: (item: number) => doubles.do(item) };
}

it('does one alone at once, and gathers what comes meanwhile', async () => {
  const { batches, do: double } = doubling();
  const first = double(1);
  await sleep(1);
  const others = [2, 3, 4].map((item) => double(item));
  expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

it('keeps to its size and its lanes', async () => {
  const { batches, do: double } = doubling({ lanes: 2, size: 3 });
  const results = await Promise.all(Array.from({ length: 10 }, (_, n) => double(n)));
  expect(results).toEqual(Array.from({ length: 10 }, (_, n) => n * 2));
  expect(batches.map(({ length }) => length)).toEqual([3, 3, 3, 1]);
});

it('refuses one without the others, and breaks with all', async () => {
  const { do: double } = doubling();
  expect(await Promise.allSettled([1, 13, 2].map(double))).toMatchObject([
    { value: 2 },
    { reason: { message: 'refused' } },
    { value: 4 },
  ]);
  expect(await Promise.allSettled([1, 666].map(double))).toMatchObject([
    { reason: { message: 'broken' } },
    { reason: { message: 'broken' } },
  ]);
  expect(await double(3)).toBe(6);
});
