/** Places for a limited number of things at once; whoever finds none waits for one. */
export class Room {
  private taken = 0;
  private readonly waiting: Array<() => void> = [];
  private readonly idleListeners: Array<() => void> = [];

  constructor(private readonly places: number) {}

  async enter() {
    if (this.taken >= this.places) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.taken += 1;
  }

  /** The place goes to the first who waits, so that nobody overtakes. */
  leave() {
    const next = this.waiting.shift();
    if (next) return next();
    this.taken -= 1;
    if (this.taken === 0) for (const resolve of this.idleListeners.splice(0)) resolve();
  }

  /** Resolves when everybody has left. */
  idle(): Promise<void> {
    if (this.taken === 0) return Promise.resolve();
    return new Promise((resolve) => this.idleListeners.push(resolve));
  }
}
