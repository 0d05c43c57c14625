/**
 * How a check ended. `timed_out`: it ran longer than it may. `unreachable`: the system did not take it. `cancelled`: the
 * session was paused or ended meanwhile.
 */
export const checkOutcomes = ['passed', 'failed', 'timed_out', 'unreachable', 'cancelled'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];
