import { expect, it } from 'vitest';
import { isNews } from './base-images.ts';

it.each([
  ['terminal: 0 % packages', true],
  ['terminal: 7 % packages', false],
  ['terminal: 40 % packages', true],
  ['terminal: ready: /cache/rootfs.tar', false],
  ['desktop: failed: no space left', true],
])('%s', (line, expected) => {
  expect(isNews(line)).toBe(expected);
});
