/** Minutes before the end at which people are warned, each once. */
export const warningMinutes = [15, 5, 1] as const;

/**
 * The warning that is due: the latest whose time has come, unless it or a later one was given already. After a pause
 * of the service those that were missed are not made up for.
 */
export function dueWarning(now: Date, endsAt: Date, warned: number | null): number | undefined {
  const minutesLeft = (endsAt.getTime() - now.getTime()) / 60_000;
  if (minutesLeft <= 0) return undefined;
  const due = warningMinutes.findLast((minutes) => minutesLeft <= minutes);
  return due !== undefined && (warned === null || warned > due) ? due : undefined;
}

/** Warnings that a session is too short for count as given: nobody is warned at its very start. */
export const warnedAtStart = (lengthMs: number): number | null =>
  warningMinutes.findLast((minutes) => lengthMs <= minutes * 60_000) ?? null;

/** How long before an idle session ends its people are told: five minutes, or half the time where that is less. */
export const idleWarningS = (idleS: number) => Math.min(300, idleS / 2);

/** Whole minutes, as people count them: 0:40 left is one minute. */
export const minutesUntil = (now: Date, endsAt: Date) =>
  Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 60_000));
