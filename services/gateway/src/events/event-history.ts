import type { SeenEvent } from './event-hub.js';

/** About 500 bytes each: some 10 MB, and minutes of a busy platform. */
const maxKept = 20_000;

/** The latest events, so that a browser that reconnects goes on where it was. */
export class EventHistory {
  private readonly events: SeenEvent[] = [];
  /** Everything after this sequence is here. */
  private completeAfter: number | undefined;

  constructor(private readonly size = maxKept) {}

  beginAfter(sequence: number) {
    this.completeAfter = sequence;
  }

  /** The newest sequence known; undefined before the first event after the start. */
  get last(): number | undefined {
    return this.events.at(-1)?.sequence ?? this.completeAfter;
  }

  add(seen: SeenEvent) {
    this.completeAfter ??= seen.sequence - 1;
    this.events.push(seen);
    // A few at a time: moving the whole array for each event would cost more than the event.
    if (this.events.length > this.size * 1.1) {
      const dropped = this.events.splice(0, this.events.length - this.size);
      this.completeAfter = dropped.at(-1)?.sequence ?? this.completeAfter;
    }
  }

  /** After a gap nothing from before can be resumed. */
  clear() {
    this.events.length = 0;
    this.completeAfter = undefined;
  }

  /** Everything after that sequence; undefined when it is not known whether something is missing. */
  after(sequence: number): SeenEvent[] | undefined {
    if (this.completeAfter === undefined || sequence < this.completeAfter) return undefined;
    if (sequence > (this.last ?? 0)) return undefined;
    return this.events.filter((seen) => seen.sequence > sequence);
  }
}
