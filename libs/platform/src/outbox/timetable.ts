/** Chores of a loop, each with its own interval in milliseconds; all are due at once in the beginning. */
export class Timetable<Chore extends string> {
  private readonly dueAt = new Map<Chore, number>();

  constructor(private readonly everyMs: Record<Chore, number>) {}

  /** Whether the chore is due; then it counts as done. */
  take(chore: Chore) {
    if (performance.now() < (this.dueAt.get(chore) ?? 0)) return false;
    this.dueAt.set(chore, performance.now() + this.everyMs[chore]);
    return true;
  }

  now(chore: Chore) {
    this.dueAt.set(chore, 0);
  }
}
