// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { deadlineOf } from './deadline.js';

const END = Date.parse('2026-01-01T12:00:00Z');
const left = (seconds: number) => deadlineOf('2026-01-01T12:00:00Z', END - seconds * 1_000);

describe('deadlineOf', () => {
  it.each([
    [7_200, false, undefined],
    [901, false, undefined],
    [900, true, 15],
    [301, true, 15],
    [300, true, 5],
    [60, true, 1],
    [0, true, 1],
  ])('%i s before the end: amber %s, warning %s', (seconds, soon, warning) => {
    expect(left(seconds)).toEqual({ leftS: seconds, soon, warning });
  });

  it('does not count below zero', () => {
    expect(left(-5).leftS).toBe(0);
  });
});
