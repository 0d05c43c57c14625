/** Runs work of different keys at the same time, and work of one key in the order in which it came. */
export class KeyLanes {
  private readonly tails = new Map<string, Promise<void>>();

  /** @param work must not reject */
  async run(key: string, work: () => Promise<void>): Promise<void> {
    const tail = (this.tails.get(key) ?? Promise.resolve()).then(work);
    this.tails.set(key, tail);
    await tail;
    if (this.tails.get(key) === tail) this.tails.delete(key);
  }
}
