import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pause } from './pause.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each<[string, (stop: AbortController) => void]>([
  ['when its time is over', () => vi.advanceTimersByTime(1_000)],
  ['early when the network is back', () => dispatchEvent(new Event('online'))],
  ['early when nothing is tried any more', (stop) => stop.abort()],
])('ends %s', async (_, end) => {
  const stop = new AbortController();
  const over = vi.fn();
  const pausing = pause(1_000, stop.signal).then(over);
  vi.advanceTimersByTime(999);
  await Promise.resolve();
  expect(over).not.toHaveBeenCalled();
  end(stop);
  await pausing;
  expect(vi.getTimerCount()).toBe(0);
});
