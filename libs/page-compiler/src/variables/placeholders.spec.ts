import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeholdersIn } from './placeholders.js';

describe('placeholdersIn', () => {
  it.each([
    ['{{ a }}', ['a']],
    ['{{a}}{{b}}', ['a', 'b']],
    ['x {{ a.b }} y', ['a.b']],
    ['{{{ a }}}', ['a']],
    ['{{ a } }} {{ b }}', ['b']],
    ['{{ a\n}}', []],
    ['{{ {{ a }}', ['a']],
    ['{{', []],
    ['}}', []],
    ['{{}}', ['']],
  ])('%j holds %j', (text, names) => {
    expect(placeholdersIn(text).map(({ name }) => name)).toEqual(names);
  });

  it('names what stands at its offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', '{{', '}}', ' a ', '\n', 'b')), (parts) => {
        const text = parts.join('');
        for (const { name, offset, length } of placeholdersIn(text)) {
          const written = text.slice(offset, offset + length);
          expect(written.startsWith('{{') && written.endsWith('}}') && written.slice(2, -2).trim() === name).toBe(true);
        }
      }),
    );
  });

  it.each(['{{', '{{ ', '{{ a } ', '{', '{{ a }} '])('takes linear time for many %j', (piece) => {
    const started = performance.now();
    placeholdersIn(piece.repeat(200_000));
    placeholdersIn(`{{${' '.repeat(1_000_000)}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
