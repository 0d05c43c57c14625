/** When to look again, in milliseconds. Watches wake a session earlier. */
export type ReconcileIntervals = { startingMs: number; importingMs: number; removingMs: number; heldMs: number };

export const reconcileIntervals: ReconcileIntervals = {
  startingMs: 400,
  importingMs: 1_000,
  removingMs: 500,
  heldMs: 10_000,
};
