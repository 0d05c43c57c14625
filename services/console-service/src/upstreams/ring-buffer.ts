/**
 * The newest bytes of a terminal, so that a reload shows the screen again. Memory is bounded: oldest chunks go first.
 * Once something was dropped, the contents start after a line break, so that no escape sequence is cut in half.
 */
export class RingBuffer {
  private chunks: Buffer[] = [];
  private size = 0;
  private dropped = false;

  constructor(private readonly maxBytes: number) {}

  push(chunk: Buffer) {
    const kept = chunk.length > this.maxBytes ? chunk.subarray(chunk.length - this.maxBytes) : chunk;
    if (kept !== chunk) this.dropped = true;
    this.chunks.push(kept);
    this.size += kept.length;
    while (this.size > this.maxBytes) {
      this.size -= this.chunks.shift()?.length ?? 0;
      this.dropped = true;
    }
  }

  /** Whether the beginning is missing: then a full-screen program has to be asked to draw again. */
  get incomplete() {
    return this.dropped;
  }

  contents(): Buffer {
    const all = Buffer.concat(this.chunks, this.size);
    if (!this.dropped) return all;
    const firstBreak = all.indexOf(0x0a);
    return firstBreak < 0 ? all : all.subarray(firstBreak + 1);
  }
}
