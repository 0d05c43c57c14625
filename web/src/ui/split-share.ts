export interface Limits {
  /** The smallest and the largest share of the sized part. */
  min?: number;
  max?: number;
  /** The smallest size in pixels, where a share of a small window would be too small. */
  minPx?: number;
}

const STEP = 0.05;

/** The wanted share, as near as the limits allow in this many pixels. */
export function limited(wanted: number, { min = 0, max = 1, minPx = 0 }: Limits, room: number): number {
  const least = Math.max(min, room > 0 ? minPx / room : 0);
  return Math.max(least, Math.min(max, wanted));
}

interface Where {
  share: number;
  stacked: boolean;
  sizedLast: boolean;
}

/** What a key makes of the share: an arrow moves the divider its way, Home and End to its ends. */
export function shareByKey(key: string, { share, stacked, sizedLast }: Where): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return 1;
  const [back, on] = stacked ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
  if (key !== back && key !== on) return undefined;
  return (key === on) === sizedLast ? share - STEP : share + STEP;
}

/** Reads what a browser stored, maybe by another version. */
export function shareIn(text: string | undefined): number | undefined {
  const share = Number(text);
  return text !== undefined && share > 0 && share < 1 ? share : undefined;
}
