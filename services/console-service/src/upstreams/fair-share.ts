/**
 * What one console may print: far more than anybody reads or a browser draws, and little enough that the other consoles
 * of this process hardly wait for it. `bytes` in each `everyMs`; the last piece of a turn may go beyond.
 */
export const consoleShare = { bytes: 256 * 1024, everyMs: 20 };

/** Counts what a stream passed on in the current turn. */
export class FairShare {
  private began = -Infinity;
  private spent = 0;

  constructor(private readonly share: { bytes: number; everyMs: number } = consoleShare) {}

  /** @returns how long it has to rest now, in milliseconds; 0 while something of its share is left. */
  spend(bytes: number, now = performance.now()): number {
    if (now - this.began >= this.share.everyMs) {
      this.began = now;
      this.spent = 0;
    }
    this.spent += bytes;
    return this.spent < this.share.bytes ? 0 : this.began + this.share.everyMs - now;
  }
}
