import { z } from 'zod';

const sizeUnits = {
  '': 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
} as const;
const isKeyOf = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key);

/** Bytes of a Kubernetes-style quantity (`256Mi`, `4Gi`, `1G`), or undefined when it does not parse. */
export const parseSize = (text: string): number | undefined => {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined || !isKeyOf(sizeUnits, unit)) return undefined;
  const bytes = Math.round(Number(digits) * sizeUnits[unit]);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
};

const durationForm = /^(?:(?<days>\d+)d)?(?:(?<hours>\d+)h)?(?:(?<minutes>\d+)m)?(?:(?<seconds>\d+)s)?$/;

/** Seconds of a duration (`90s`, `45m`, `2h`, `1h30m`: larger units first), or undefined when it does not parse. */
export const parseDuration = (text: string): number | undefined => {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = durationForm.exec(text)?.groups ?? {};
  const all = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return Number.isSafeInteger(all) && all > 0 ? all : undefined;
};

/** A size in the lab file; the text is kept, `parseSize` gives the bytes. */
export const Size = z
  .string()
  .refine((text) => parseSize(text) !== undefined, 'expected a size such as 256Mi or 4Gi')
  .meta({ examples: ['256Mi', '4Gi'] });
/** A duration in the lab file; the text is kept, `parseDuration` gives the seconds. */
export const Duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as 30s, 45m or 1h30m')
  .meta({ examples: ['45m', '2h'] });
