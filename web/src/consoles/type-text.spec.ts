// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { keysymOf, typeText } from './type-text.js';

describe('keysymOf', () => {
  it.each([
    ['a', 0x61],
    ['ä', 0xe4],
    ['€', 0x010020ac],
    ['😀', 0x0101f600],
    ['\n', 0xff0d],
    ['\t', 0xff09],
    ['\u001b', undefined],
    ['\u0085', undefined],
  ])('%j is %j', (character, keysym) => {
    expect(keysymOf(character)).toBe(keysym);
  });
});

describe('typeText', () => {
  it('presses and releases each key once, in order, with one Return per line', async () => {
    const pressed: [number, boolean | undefined][] = [];
    await typeText({ sendKey: (keysym, _, down) => pressed.push([keysym, down]) }, 'a\r\n', 0);
    expect(pressed).toEqual([
      [0x61, true],
      [0x61, false],
      [0xff0d, true],
      [0xff0d, false],
    ]);
  });
});
