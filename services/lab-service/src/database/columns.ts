import type { ValueTransformer } from 'typeorm';

/** Postgres gives bigint as text; ours stay far below 2^53. */
export const bigintAsNumber: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null | undefined) => value,
};
