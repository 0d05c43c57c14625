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

/** How a bench is run. */
export interface BenchRun {
  say(this: void, text: string): void;
  /** Short runs and small numbers, to try the bench itself: what they show is no measurement. */
  quick: boolean;
}

/** What `test/bench/<name>.bench.ts` exports as `bench`. */
export interface Bench {
  /** With the number of the benchmark it is for, such as `P14`. */
  title: string;
  run(say: BenchRun['say'], how: BenchRun): Promise<Row[]>;
}
