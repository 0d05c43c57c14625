/** How a check ended. `timed_out`: it ran longer than it may. `unreachable`: the system did not take it. */
export const checkOutcomes = ['passed', 'failed', 'timed_out', 'unreachable'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];
