// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { quickFix, rangeIn } from './quick-fix.js';

describe('quickFix', () => {
  it.each([
    ['unknown field "imge"; did you mean "image"?', { written: 'imge', instead: 'image' }],
    [
      'expected one of container, vm, found "contaner"; did you mean "container"?',
      { written: 'contaner', instead: 'container' },
    ],
    ['"command" has no attribute "sytem"; did you mean "system"?', { written: 'sytem', instead: 'system' }],
    ['the field "image" is missing; expected a text', undefined],
  ])('reads %s', (message, fix) => expect(quickFix(message)).toEqual(fix));
});

describe('rangeIn', () => {
  it.each([
    ['    imge: terminal', 5, 'imge', 'imge'],
    ['::command{sytem=desk}', 1, 'sytem', 'sytem'],
    ['  - name: desk', 5, undefined, 'name'],
    ['  title: "a b"', 10, undefined, '"a b"'],
  ])('%s', (line, column, written, found) => {
    const { from, to } = rangeIn(line, column, written);
    expect(line.slice(from, to)).toBe(found);
  });

  it('marks something even at the end of a line', () =>
    expect(rangeIn('ab', 9, undefined)).toEqual({ from: 2, to: 2 }));
});
