import { expect, it } from 'vitest';
import { Turns } from './turns.js';

it('does one thing after the other, also after one that failed', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const slow = turns.take(async () => {
    await Promise.resolve();
    done.push('slow');
  });
  const failing = turns.take(() => Promise.reject(new Error('failed')));
  const last = turns.take(async () => done.push('last'));
  await expect(failing).rejects.toThrow('failed');
  await Promise.all([slow, last]);
  expect(done).toEqual(['slow', 'last']);
});
