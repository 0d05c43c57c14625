import type { Row } from './bench.ts';
import { statisticsOf } from './statistics.ts';

export interface Contender {
  name: string;
  /** Does the work once and answers with the measured value. */
  measure(): Promise<number>;
  bar?: string;
}

export interface MeasureOptions {
  unit: string;
  /** At least 5, so that a median means something. */
  repetitions?: number;
  /** Unmeasured runs of each, for caches and compilers. */
  warmUps?: number;
}

/** Measures contenders by turns, in the order A B B A: what drifts (heat, caches, neighbours) hits all alike. */
export async function measure(contenders: Contender[], options: MeasureOptions): Promise<Row[]> {
  const { unit, repetitions = 5, warmUps = 1 } = options;
  if (repetitions < 5) throw new Error('measure at least 5 times');
  for (let run = 0; run < warmUps; run += 1) for (const contender of contenders) await contender.measure();
  const values = new Map(contenders.map((contender) => [contender, [] as number[]]));
  for (let run = 0; run < repetitions; run += 1) {
    for (const contender of turn(contenders, run)) values.get(contender)?.push(await contender.measure());
  }
  return rowsOf(contenders, values, unit);
}

/** Who goes when: forwards in even runs, backwards in odd ones. */
export function turn<T>(contenders: T[], run: number): T[] {
  return run % 2 === 0 ? contenders : contenders.toReversed();
}

function rowsOf(contenders: Contender[], values: Map<Contender, number[]>, unit: string): Row[] {
  const rows = contenders.map((contender) => {
    const measured = values.get(contender) ?? [];
    return { name: contender.name, unit, bar: contender.bar, values: measured, ...statisticsOf(measured) };
  });
  const peer = rows[0];
  if (peer === undefined || rows.length === 1) return rows;
  return rows.map((row) => ({ ...row, ratio: row.median / peer.median }));
}
