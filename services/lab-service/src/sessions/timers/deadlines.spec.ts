import { describe, expect, it } from 'vitest';
import { dueWarning, idleWarningS, minutesUntil, warnedAtStart } from './deadlines.js';

const end = new Date('2030-01-01T12:00:00Z');
const before = (minutes: number) => new Date(end.getTime() - minutes * 60_000);

describe('dueWarning', () => {
  it.each<[number, number | null, number | undefined]>([
    [15.1, null, undefined],
    [15, null, 15],
    [10, null, 15],
    [10, 15, undefined],
    [5, 15, 5],
    [4, 5, undefined],
    [3, null, 5],
    [0.9, null, 1],
    [0.9, 5, 1],
    [0.5, 1, undefined],
    [0, null, undefined],
    [-1, 5, undefined],
  ])('%f minutes before the end, warned at %s: %s', (minutes, warned, expected) => {
    expect(dueWarning(before(minutes), end, warned)).toBe(expected);
  });
});

it.each([
  [2 * 3_600_000, null],
  [15 * 60_000, 15],
  [10 * 60_000, 15],
  [5 * 60_000, 5],
  [60_000, 1],
])('a session of %i ms has had the warnings it is too short for: %s', (lengthMs, expected) => {
  expect(warnedAtStart(lengthMs)).toBe(expected);
});

it.each([
  [1800, 300],
  [600, 300],
  [60, 30],
])('an idle time of %i s is warned of %i s before', (idleS, expected) => expect(idleWarningS(idleS)).toBe(expected));

it.each([
  [15, 15],
  [14.5, 15],
  [0.2, 1],
])('%f minutes are told as %i', (minutes, expected) => expect(minutesUntil(before(minutes), end)).toBe(expected));
