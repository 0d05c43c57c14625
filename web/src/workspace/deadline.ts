/** Minutes before the end at which a person is warned. */
export const WARN_AT_MINUTES = [15, 5, 1] as const;
const AMBER_BELOW_S = 15 * 60;

export interface Deadline {
  leftS: number;
  /** Turns amber. */
  soon: boolean;
  /** The warning that is due: 15, 5 or 1 minutes; none while there is more time. */
  warning: (typeof WARN_AT_MINUTES)[number] | undefined;
}

export function deadlineOf(deadlineAt: string, now: number): Deadline {
  const leftS = Math.max(0, (Date.parse(deadlineAt) - now) / 1_000);
  return {
    leftS,
    soon: leftS <= AMBER_BELOW_S,
    warning: WARN_AT_MINUTES.findLast((minutes) => leftS <= minutes * 60),
  };
}
