const smallestBytes = 1_024;

/**
 * The newest bytes of a terminal, so that a reload shows the screen again. Memory is bounded, also when bytes come one
 * at a time: they are copied, because chunks that are kept cost more than their bytes and keep the collector busy.
 * Once something was dropped, the contents start after a line break, so that no escape sequence is cut in half.
 */
export class RingBuffer {
  private ring = Buffer.alloc(0);
  /** Where the oldest byte is. */
  private start = 0;
  private size = 0;
  private dropped = false;

  constructor(private readonly maxBytes: number) {}

  push(chunk: Buffer) {
    if (chunk.length === 0) return;
    const kept = chunk.length > this.maxBytes ? chunk.subarray(chunk.length - this.maxBytes) : chunk;
    if (this.size + kept.length > this.ring.length) this.grow(this.size + kept.length);
    const excess = Math.max(0, this.size + kept.length - this.ring.length);
    if (excess > 0 || kept !== chunk) this.dropped = true;
    const end = (this.start + this.size) % this.ring.length;
    const beforeWrap = kept.copy(this.ring, end);
    if (beforeWrap < kept.length) kept.copy(this.ring, 0, beforeWrap);
    this.start = (this.start + excess) % this.ring.length;
    this.size += kept.length - excess;
  }

  /** Whether the beginning is missing: then a full-screen program has to be asked to draw again. */
  get incomplete() {
    return this.dropped;
  }

  contents(): Buffer {
    const all = this.inOrder();
    if (!this.dropped) return all;
    const firstBreak = all.indexOf(0x0a);
    return firstBreak < 0 ? all : all.subarray(firstBreak + 1);
  }

  private inOrder(): Buffer {
    const end = this.start + this.size;
    return Buffer.concat([
      this.ring.subarray(this.start, end),
      this.ring.subarray(0, Math.max(0, end - this.ring.length)),
    ]);
  }

  private grow(wanted: number) {
    if (this.ring.length === this.maxBytes) return;
    const bytes = Math.min(this.maxBytes, Math.max(smallestBytes, 2 ** Math.ceil(Math.log2(wanted))));
    const larger = Buffer.allocUnsafeSlow(bytes);
    this.inOrder().copy(larger);
    this.ring = larger;
    this.start = 0;
  }
}
