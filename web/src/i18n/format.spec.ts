// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { formatBytes, formatClock, formatDuration } from './format.js';

describe('formatClock', () => {
  it.each([
    [6130, '1:42:10'],
    [249.9, '4:09'],
    [0, '0:00'],
    [-3, '0:00'],
  ])('%d s is %s', (seconds, text) => expect(formatClock(seconds)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [20, '20 s'],
    [2700, '45 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [7190, '2 h'],
  ])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1024, '1 KiB'],
    [1_610_612_736, '1.5 GiB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
