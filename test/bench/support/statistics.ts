export interface Statistics {
  median: number;
  /** Half of all values lie between these two. */
  low: number;
  high: number;
}

/** Median and quartiles, interpolated between neighbours. */
export function statisticsOf(values: number[]): Statistics {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** The value below which this share of all values lies. */
export function quantile(values: number[], share: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
