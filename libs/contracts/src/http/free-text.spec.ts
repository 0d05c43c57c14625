import { describe, expect, it } from 'vitest';
import { freeText } from './free-text.js';
import { AnswerQuiz, PutAnswer } from './instructions.js';
import { StartSession } from './sessions.js';

const labId = '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11';

describe('free text', () => {
  it.each(['', 'plain', 'two\nlines', '\u001b[31mred', '\u{1f600}', '\u0001'])('%j is kept as it is', (text) => {
    expect(freeText(100).parse(text)).toBe(text);
  });

  it.each(['\0', 'a\0b', '\ud83d', 'x\udc00', 'x'.repeat(101)])('%j is refused', (text) => {
    expect(freeText(100).safeParse(text).success).toBe(false);
  });

  it.each([
    ['an answer', PutAnswer, (text: string) => ({ value: text }), ['value']],
    ['an answer to a quiz', AnswerQuiz, (text: string) => ({ answer: text }), ['answer']],
    ['a choice in a quiz', AnswerQuiz, (text: string) => ({ answer: ['a', text] }), ['answer', 1]],
    ['a variable', StartSession, (text: string) => ({ labId, variables: { colour: text } }), ['variables', 'colour']],
  ])('of %s is refused by the name of its field', (_, schema, bodyOf, path) => {
    expect(schema.safeParse(bodyOf('a\nb')).success).toBe(true);
    expect(schema.safeParse(bodyOf('a\0b')).error?.issues).toMatchObject([
      { path, message: 'must not contain NUL or half a character' },
    ]);
  });
});
