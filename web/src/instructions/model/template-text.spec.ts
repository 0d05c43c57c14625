// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { textOf } from './template-text.js';

describe('textOf', () => {
  it('puts the parts together as they are', () =>
    expect(
      textOf([
        { type: 'text', value: 'ping <b>' },
        { type: 'text', value: "'a b'" },
      ]),
    ).toEqual({ text: "ping <b>'a b'" }));
  it('is no text while a value is missing', () => {
    const missing = { type: 'variable', name: 'count', problem: 'unset' } as const;
    expect(textOf([{ type: 'text', value: 'ping -c' }, missing])).toEqual({ missing });
  });
  it('of nothing is empty', () => expect(textOf([])).toEqual({ text: '' }));
});
