import { expect, it } from 'vitest';
import { box } from './box.ts';

it('is as wide as the longest line', () => {
  expect(box(['a', 'long', ''])).toBe(['╭──────╮', '│ a    │', '│ long │', '│      │', '╰──────╯'].join('\n'));
});
