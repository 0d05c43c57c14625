import type { Row } from './bench.ts';
import { statisticsOf } from './statistics.ts';

/** A row from two that were measured by turns: each pair of neighbours in time is combined, then the median is taken. */
export function combined(
  row: Pick<Row, 'name' | 'unit' | 'bar'>,
  [first, second]: readonly [Row, Row],
  combine: (first: number, second: number) => number,
): Row {
  const values = first.values.map((value, index) => combine(value, second.values[index] ?? Number.NaN));
  return { ...row, values, ...statisticsOf(values) };
}

/** The row of this name; a bench that misspells its own row must not report. */
export function rowNamed(rows: readonly Row[], name: string): Row {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`nothing was measured for "${name}"`);
  return row;
}
