import { describe, expect, it } from 'vitest';
import { RingBuffer } from './ring-buffer.js';

const filled = (maxBytes: number, ...chunks: string[]) => {
  const ring = new RingBuffer(maxBytes);
  for (const chunk of chunks) ring.push(Buffer.from(chunk));
  return ring;
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
});
