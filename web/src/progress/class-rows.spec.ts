// @vitest-environment node
import type { ProgressLine, StepProgress } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { columnsOf, matching, secondsPerStep, sortRows } from './class-rows.js';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();
const line = (displayName: string, done: number, version = 1): ProgressLine => ({
  sessionId: `s-${displayName}`,
  labId: 'l',
  version,
  phase: 'ready',
  userId: `u-${displayName}`,
  displayName,
  startedAt: at(0),
  totals: { steps: 3, done, points: done, maxPoints: 3 },
});
const step = (id: string, doneAt?: string): StepProgress => ({
  id,
  page: 'one',
  kind: 'tick',
  title: id,
  done: doneAt !== undefined,
  ...(doneAt !== undefined && { doneAt }),
  points: 0,
  maxPoints: 1,
  hints: 0,
  attempts: 0,
});
const rows = [line('Grace', 2), line('Ada', 2), line('Linus', 0)];
const names = (some: ProgressLine[]) => some.map(({ displayName }) => displayName);

describe('columnsOf', () => {
  it('has each step once, in the order of the newest version', () => {
    const old = { ...line('Old', 0, 1), steps: [step('a'), step('gone')] };
    const current = { ...line('New', 0, 2), steps: [step('b'), step('a')] };
    expect(columnsOf([old, current]).map(({ id }) => id)).toEqual(['b', 'a', 'gone']);
  });
});

describe('sortRows', () => {
  it.each([
    ['name', ['Ada', 'Grace', 'Linus']],
    ['-name', ['Linus', 'Grace', 'Ada']],
    ['done', ['Linus', 'Ada', 'Grace']],
    ['-done', ['Ada', 'Grace', 'Linus']],
    ['nonsense', ['Ada', 'Grace', 'Linus']],
  ])('by %s', (sort, expected) => expect(names(sortRows(rows, sort))).toEqual(expected));
});

describe('matching', () => {
  it('finds a part of a name in any case', () => expect(names(matching(rows, ' GRA '))).toEqual(['Grace']));
});

describe('secondsPerStep', () => {
  it('counts from the step that was done before, in the order of doing', () => {
    const times = secondsPerStep(at(0), [step('first', at(9)), step('second', at(4)), step('open')]);
    expect([...times]).toEqual([
      ['second', 240],
      ['first', 300],
    ]);
  });
});
