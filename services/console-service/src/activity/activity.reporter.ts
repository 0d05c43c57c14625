/** Tells the owner of sessions that somebody works in one, at most once per interval and session. */
export class ActivityReporter {
  private readonly lastReported = new Map<string, number>();

  constructor(
    private readonly report: (sessionId: string) => Promise<void>,
    private readonly intervalMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  active(sessionId: string, now = Date.now()) {
    const last = this.lastReported.get(sessionId);
    if (last !== undefined && now - last < this.intervalMs) return;
    this.lastReported.set(sessionId, now);
    this.report(sessionId).catch((error: unknown) => {
      this.lastReported.delete(sessionId);
      this.onError(error);
    });
  }

  /** Forgets what is older than the interval, so that the map stays as small as the set of active sessions. */
  tidy(now = Date.now()) {
    for (const [sessionId, at] of this.lastReported)
      if (now - at >= this.intervalMs) this.lastReported.delete(sessionId);
  }
}
