import { expect, it, vi } from 'vitest';
import { loadAgain } from './load-again.js';

const failing = (times: number) => {
  const load = vi.fn(async () => {
    if (load.mock.calls.length <= times) throw new TypeError('Failed to fetch dynamically imported module');
    return 'loaded';
  });
  return load;
};

it.each([0, 1, 3])('loads after %i failures', async (times) => {
  expect(await loadAgain(failing(times), [1, 1, 1])).toBe('loaded');
});

it('says why when it cannot be loaded at all', async () => {
  const load = failing(9);
  await expect(loadAgain(load, [1, 1, 1])).rejects.toThrow('dynamically imported');
  expect(load).toHaveBeenCalledTimes(4);
});
