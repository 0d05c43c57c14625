import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it.each([
  [0, 500],
  [1, 500],
  [2, 1000],
  [3, 2000],
  [6, 16_000],
  [7, 30_000],
  [500, 30_000],
])('restart %i waits %i ms', (restart, expected) => {
  expect(backoffMs(restart)).toBe(expected);
});
