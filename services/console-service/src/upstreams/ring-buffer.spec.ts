import { describe, expect, it } from 'vitest';
import { RingBuffer } from './ring-buffer.js';

const filled = (maxBytes: number, ...chunks: string[]) => {
  const ring = new RingBuffer(maxBytes);
  for (const chunk of chunks) ring.push(Buffer.from(chunk));
  return ring;
};

/** Of buffers, without what only waits for the collector. */
const heldBytes = () => {
  if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().arrayBuffers;
};

describe('RingBuffer', () => {
  it.each([
    ['keeps everything while it fits', 10, ['abc', 'de'], 'abcde', false],
    ['is empty at first', 10, [], '', false],
    ['drops the oldest and starts after a line break', 8, ['one\n', 'two\n', 'thr\n'], 'thr\n', true],
    ['keeps the end of a chunk that is too long alone', 4, ['abc\nxyz'], 'xyz', true],
    ['keeps what has no line break rather than nothing', 4, ['abcdefgh'], 'efgh', true],
  ])('%s', (_, maxBytes, chunks, contents, incomplete) => {
    const ring = filled(maxBytes, ...chunks);
    expect(ring.contents().toString()).toBe(contents);
    expect(ring.incomplete).toBe(incomplete);
  });

  it('stays within its size over a long stream', () => {
    const ring = new RingBuffer(1_000);
    for (let line = 0; line < 10_000; line++) ring.push(Buffer.from(`line ${line}\n`));
    expect(ring.contents().length).toBeLessThanOrEqual(1_000);
    expect(ring.contents().toString().endsWith('line 9999\n')).toBe(true);
  });

  it.each([1, 7, 999, 1_000, 1_001, 4_096])('holds the newest bytes in order, pushed %i at a time', (step) => {
    const text = Array.from({ length: 20_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
    const ring = new RingBuffer(1_000);
    for (let start = 0; start < text.length; start += step) ring.push(Buffer.from(text.slice(start, start + step)));
    expect(ring.contents().toString()).toBe(text.slice(-1_000));
  });

  it('takes nothing as nothing', () => {
    const ring = new RingBuffer(10);
    ring.push(Buffer.alloc(0));
    expect([ring.contents().length, ring.incomplete]).toEqual([0, false]);
  });

  it('holds single bytes in little more than their size', async () => {
    const rings = Array.from({ length: 4 }, () => new RingBuffer(65_536));
    const before = heldBytes();
    for (const ring of rings) for (let byte = 0; byte < 65_536; byte++) ring.push(Buffer.from([byte & 0xff]));
    await expect.poll(() => heldBytes() - before).toBeLessThan(8 * 65_536);
    expect(rings.map((ring) => ring.contents().length)).toEqual(rings.map(() => 65_536));
  });
});
