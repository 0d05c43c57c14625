/** Remembers since when something has not changed. CDI itself never calls an import stuck. */
export class ProgressClock {
  private readonly known = new Map<string, { progress: string; sinceMs: number }>();

  since(id: string, progress: string, nowMs: number): number {
    const last = this.known.get(id);
    if (last?.progress === progress) return last.sinceMs;
    this.known.set(id, { progress, sinceMs: nowMs });
    return nowMs;
  }

  forget(id: string): void {
    this.known.delete(id);
  }
}
