import type { Statistics } from './statistics.ts';

/** One line of a result. */
export interface Row extends Statistics {
  name: string;
  unit: string;
  /** Median divided by the first contender's. */
  ratio?: number;
  /** What it is held against, in words. */
  bar?: string;
  values: number[];
}

/** What `test/bench/<name>.bench.ts` exports as `bench`. */
export interface Bench {
  /** With the number of the benchmark it is for, such as `P14`. */
  title: string;
  run(say: (text: string) => void): Promise<Row[]>;
}
