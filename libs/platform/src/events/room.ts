/** Places for a limited number of things at once. */
export class Room {
  private taken = 0;
  private listeners: Array<() => void> = [];

  constructor(readonly places: number) {}

  get free() {
    return this.places - this.taken;
  }

  /** Takes one of the free places. */
  enter() {
    if (this.free <= 0) throw new Error('the room is full');
    this.taken += 1;
  }

  leave() {
    this.taken -= 1;
    for (const tell of this.listeners.splice(0)) tell();
  }

  /** Resolves when at least `places` are free. */
  async whenFree(places: number): Promise<void> {
    while (this.free < places) await new Promise<void>((resolve) => this.listeners.push(resolve));
  }

  /** Resolves when everybody has left. */
  idle() {
    return this.whenFree(this.places);
  }
}
