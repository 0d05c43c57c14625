// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { answerOf, draftOf, numberIn, quizPhase } from './quiz.js';

describe('answerOf', () => {
  const draft = { chosen: ['b', 'a'], text: ' 64 ' };
  it.each([
    ['single', 'b'],
    ['multiple', ['a', 'b']],
    ['text', '64'],
    ['number', 64],
  ] as const)('of a %s question is %j', (kind, answer) => expect(answerOf({ kind }, draft)).toEqual(answer));

  it.each(['single', 'multiple', 'text', 'number'] as const)('of a %s question is nothing yet', (kind) =>
    expect(answerOf({ kind }, { chosen: [], text: '  ' })).toBeUndefined(),
  );
  it('is nothing when a number is asked for and a word is written', () =>
    expect(answerOf({ kind: 'number' }, { chosen: [], text: 'many' })).toBeUndefined());
});

describe('numberIn', () => {
  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['-3', -3],
    ['1e3', 1000],
    [' 7 ', 7],
  ])('%j is %d', (text, number) => expect(numberIn(text)).toBe(number));
  it.each(['', ' ', '1,000,000', '5 ms', 'NaN', 'Infinity'])('%j is none', (text) =>
    expect(numberIn(text)).toBeUndefined(),
  );
});

describe('draftOf', () => {
  it.each([
    [undefined, { chosen: [], text: '' }],
    ['a', { chosen: ['a'], text: 'a' }],
    [['a', 'b'], { chosen: ['a', 'b'], text: '' }],
    [0.5, { chosen: ['0.5'], text: '0.5' }],
  ])('shows again what was answered: %j', (given, draft) => expect(draftOf(given)).toEqual(draft));
});

describe('quizPhase', () => {
  const quiz = (attemptsLeft: number | null, correct?: boolean) => ({
    attempts: 1,
    attemptsLeft,
    ...(correct !== undefined && { correct }),
  });
  it.each([
    ['open', { done: false, quiz: quiz(2) }],
    ['wrong', { done: false, quiz: quiz(1, false) }],
    ['wrong', { done: false, quiz: quiz(null, false) }],
    ['over', { done: false, quiz: quiz(0, false) }],
    ['right', { done: true, quiz: quiz(0, true) }],
    ['open', { done: false }],
  ] as const)('is %s', (phase, state) => expect(quizPhase(state)).toBe(phase));
});
