import { describe, expect, it } from 'vitest';
import { measure, turn } from './measure.ts';
import { table } from './report.ts';
import { quantile, statisticsOf } from './statistics.ts';

describe('statistics', () => {
  it.each([
    [[3], 0.5, 3],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[5, 1, 4, 2, 3], 0.25, 2],
    [[10, 20], 0.95, 19.5],
  ])('of %j, the share %f lies below %f', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected);
  });
  it('does not make up a median', () => {
    expect(() => statisticsOf([])).toThrow('nothing was measured');
  });
});

it('takes turns: A B B A', () => {
  expect([0, 1, 2, 3].flatMap((run) => turn(['A', 'B'], run)).join(' ')).toBe('A B B A A B B A');
});

describe('measure', () => {
  const fixed = (name: string, value: number, calls: string[]) => ({
    name,
    measure: async () => {
      calls.push(name);
      return value;
    },
  });

  it('leaves the warm-up out and compares with the first', async () => {
    const calls: string[] = [];
    const rows = await measure([fixed('peer', 10, calls), fixed('ours', 12, calls)], { unit: 'ms' });
    expect(calls).toHaveLength(12);
    expect(rows.map(({ name, median, ratio, values }) => [name, median, ratio, values.length])).toEqual([
      ['peer', 10, 1, 5],
      ['ours', 12, 1.2, 5],
    ]);
    expect(table(rows)).toContain('ours');
  });

  it('refuses to call four runs a measurement', async () => {
    await expect(measure([], { unit: 'ms', repetitions: 4 })).rejects.toThrow('at least 5');
  });
});
