import { describe, expect, it } from 'vitest';
import { FairShare } from './fair-share.js';

const share = { bytes: 1_000, everyMs: 20 };

describe('the fair share of a console', () => {
  it.each([
    ['nothing is waited for while some is left', [[0, 400]], 0],
    [
      'the rest of the turn is waited for once it is spent',
      [
        [0, 400],
        [5, 600],
      ],
      15,
    ],
    ['one large piece is passed on, and then rested for', [[0, 64_000]], 20],
    [
      'a new turn begins with a whole share',
      [
        [0, 1_000],
        [20, 999],
      ],
      0,
    ],
    [
      'quiet turns are not saved up',
      [
        [0, 10],
        [500, 900],
        [501, 100],
      ],
      19,
    ],
  ] as const)('%s', (_name, pieces, rest) => {
    const fair = new FairShare(share);
    const rests = pieces.map(([at, bytes]) => fair.spend(bytes, at));
    expect(rests.at(-1)).toBe(rest);
  });
});
