// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { arrangementText, parseArrangement } from './arrangement.js';

describe('an arrangement', () => {
  it.each([
    { place: 'beside', swapped: false, hidden: false },
    { place: 'below', swapped: true, hidden: false },
    { place: 'beside', swapped: true, hidden: true },
  ] as const)('is read as it was written: %o', (arrangement) =>
    expect(parseArrangement(arrangementText(arrangement))).toEqual(arrangement),
  );
  it.each([undefined, '', 'nonsense', '{"place":"below"}'])('is the usual one for %j', (text) =>
    expect(parseArrangement(text)).toEqual({ place: 'beside', swapped: false, hidden: false }),
  );
});
