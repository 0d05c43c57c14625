/** Runs at most `limit` things at once and keeps at most `maxWaiting` more in line. */
export class Limiter {
  private active = 0;
  private readonly waiting: Array<() => void> = [];
  private readonly idleListeners: Array<() => void> = [];

  constructor(
    private readonly limit: number,
    private readonly maxWaiting: number,
  ) {}

  get held() {
    return this.active + this.waiting.length;
  }

  /** Takes the work, now or when its turn comes; false when the line is full. */
  tryRun(work: () => Promise<void>): boolean {
    if (this.active < this.limit) this.start(work);
    else if (this.waiting.length < this.maxWaiting) this.waiting.push(() => this.start(work));
    else return false;
    return true;
  }

  /** Resolves when nothing is held any more. */
  idle(): Promise<void> {
    if (this.held === 0) return Promise.resolve();
    return new Promise((resolve) => this.idleListeners.push(resolve));
  }

  private start(work: () => Promise<void>) {
    this.active += 1;
    void work().finally(() => this.done());
  }

  private done() {
    this.active -= 1;
    this.waiting.shift()?.();
    if (this.held === 0) for (const resolve of this.idleListeners.splice(0)) resolve();
  }
}
