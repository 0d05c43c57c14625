/**
 * A class behind one address signs in within the same second: their tries are under way together and take more points
 * than failures are allowed, although nobody has failed yet. Who finds no point left waits here while others of the
 * block are still being verified, and tries again when one of them is done.
 */
export class Turnstile {
  private readonly blocks = new Map<string, { inside: number; waiting: Array<() => void> }>();

  /** @param take returns undefined when there was a point; its other answers are returned when nobody is inside */
  async enter<T>(block: string, take: () => Promise<T | undefined>): Promise<T | undefined> {
    for (;;) {
      const refused = await take();
      if (refused === undefined) {
        this.at(block).inside += 1;
        return undefined;
      }
      if (!this.blocks.get(block)?.inside) return refused;
      await new Promise<void>((resolve) => this.at(block).waiting.push(resolve));
    }
  }

  leave(block: string) {
    const state = this.at(block);
    state.inside -= 1;
    // With nobody inside nothing will change any more: everyone who waits learns that now.
    const woken = state.inside === 0 ? state.waiting.splice(0) : state.waiting.splice(0, 1);
    for (const resolve of woken) resolve();
    if (state.inside === 0 && state.waiting.length === 0) this.blocks.delete(block);
  }

  private at(block: string) {
    const known = this.blocks.get(block);
    if (known) return known;
    const state = { inside: 0, waiting: [] };
    this.blocks.set(block, state);
    return state;
  }
}
