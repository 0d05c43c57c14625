const units: Record<string, number> = {
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity of the API (`100m`, `1Gi`, `1e3`, `2`) as a number; 0 for none, NaN for one that is not. */
export function numberOf(quantity: string | number | undefined): number {
  if (quantity === undefined) return 0;
  const [, digits = '', unit = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  const factor = unit === '' ? 1 : units[unit];
  return digits === '' || factor === undefined ? Number.NaN : Number(digits) * factor;
}

/** CPUs in thousandths, rounded up: what the API takes. */
export function cpuQuantity(cpus: number): string {
  return `${Math.ceil(cpus * 1000 - 1e-9)}m`;
}

/** Bytes, whole. */
export function bytesQuantity(bytes: number): string {
  return String(Math.ceil(bytes));
}
