import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { deframe } from './container-calls.js';
import { Demux } from './demux.js';

const frame = (stream: number, text: string) => {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
};
const log = Buffer.concat([frame(1, 'one '), frame(2, 'bad '), frame(1, ''), frame(1, 'two'), frame(2, 'worse')]);

describe('Demux', () => {
  it.each([1, 2, 3, 7, 8, 9, 1000])('puts frames together that arrive in pieces of %i bytes', async (size) => {
    const pieces = Array.from({ length: Math.ceil(log.length / size) }, (_, index) =>
      log.subarray(index * size, (index + 1) * size),
    );
    const demux = Readable.from(pieces).pipe(new Demux());
    let errors = '';
    demux.on('stderr', (chunk: Buffer) => (errors += chunk.toString()));
    expect((await buffer(demux)).toString()).toBe('one two');
    expect(errors).toBe('bad worse');
  });

  it('takes frames off a whole log', () => {
    expect(deframe(log)).toBe('one bad twoworse');
    expect(deframe(log.subarray(0, 5))).toBe('');
  });
});
