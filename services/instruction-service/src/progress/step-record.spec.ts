import type { StepDefinition } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { answered, attemptsLeft, blankStep, checked, completed, reopened, withHint, worthOf } from './step-record.js';

const step: StepDefinition = {
  id: 'a',
  page: 'p',
  kind: 'check',
  title: 'A',
  points: 3,
  checks: ['one', 'two'],
  hints: [
    { id: 'h1', cost: 1 },
    { id: 'h2', cost: 1.5 },
    { id: 'h3', cost: 5 },
  ],
};
const now = new Date('2026-03-02T08:00:00Z');
const later = new Date('2026-03-02T09:00:00Z');
const blank = blankStep('a');

describe('points', () => {
  it.each([
    [[], 3],
    [['h1'], 2],
    [['h1', 'h2'], 0.5],
    [['h1', 'h2', 'h3'], 0],
    [['h3'], 0],
    [['gone in this version'], 3],
  ])('less the hints %j are %d', (hints, expected) => {
    expect(worthOf(step, { hints })).toBe(expected);
    expect(completed(step, { ...blank, hints }, now)).toMatchObject({ doneAt: now, points: expected });
  });

  it('are earned once, and not taken back by a hint that is opened afterwards', () => {
    const done = withHint(completed(step, blank, now), 'h1');
    expect(completed(step, done, later)).toEqual({ ...done, hints: ['h1'], doneAt: now, points: 3 });
  });
});

describe('checks', () => {
  it('complete the step when all have passed, in whatever order', () => {
    const first = checked(step, blank, { two: 'passed' }, now);
    expect(first).toMatchObject({ doneAt: null, runs: 1, checks: { two: { passed: true } } });
    expect(checked(step, first, { one: 'passed' }, later)).toMatchObject({ doneAt: later, points: 3, runs: 2 });
  });

  it.each(['failed', 'timed_out', 'unreachable'] as const)('that %s leave it open', (outcome) => {
    const after = checked(step, blank, { one: 'passed', two: outcome }, now);
    expect(after).toMatchObject({ doneAt: null, points: 0, checks: { two: { passed: false, outcome } } });
  });

  it('that passed once stay passed', () => {
    const passed = checked(step, blank, { one: 'passed' }, now);
    expect(checked(step, passed, { one: 'failed' }, later).checks['one']).toMatchObject({
      passed: true,
      outcome: 'failed',
    });
  });
});

describe('answers', () => {
  const quiz: StepDefinition = { ...step, kind: 'quiz', checks: [], attempts: 2 };
  it('count down, and complete the step when right', () => {
    const wrong = answered(quiz, blank, { given: 'a', correct: false }, now);
    expect(wrong).toMatchObject({ attempts: 1, given: 'a', correct: false, doneAt: null });
    expect(attemptsLeft(quiz, wrong)).toBe(1);
    const right = answered(quiz, wrong, { given: 'b', correct: true }, later);
    expect(right).toMatchObject({ attempts: 2, correct: true, doneAt: later, points: 3 });
    expect(attemptsLeft(quiz, right)).toBe(0);
    expect(attemptsLeft(step, right)).toBeNull();
  });
});

it('starts anew when it is reopened, with its hints still open', () => {
  const done = checked(step, withHint(blank, 'h1'), { one: 'passed', two: 'passed' }, now);
  expect(reopened({ ...done, attempts: 2, given: 'x', correct: true })).toEqual({ ...blank, hints: ['h1'], runs: 1 });
});
