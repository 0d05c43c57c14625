import { describe, expect, it } from 'vitest';
import { checkQcow2Header } from './qcow2-header.js';

const gib = 1024 ** 3;
const fileBytes = 10 * 1024 * 1024;

/** A sound version 3 header as qemu-img writes it, followed by its feature-name extension and the end marker. */
function soundHeader(): Buffer {
  const head = Buffer.alloc(65_536);
  head.write('QFI\xfb', 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(BigInt(4 * gib), 24);
  head.writeUInt32BE(8, 36);
  head.writeBigUInt64BE(196_608n, 40);
  head.writeBigUInt64BE(65_536n, 48);
  head.writeUInt32BE(1, 56);
  head.writeUInt32BE(4, 96);
  head.writeUInt32BE(112, 100);
  head.writeUInt32BE(0x6803f857, 112);
  head.writeUInt32BE(0x180, 116);
  return head;
}

type Change = (head: Buffer) => void;
const hostile: [string, string, Change][] = [
  ['another magic', 'image_unsupported', (h) => h.write('QFI\x00', 'latin1')],
  ['version 1', 'image_unsupported', (h) => h.writeUInt32BE(1, 4)],
  ['version 4', 'image_unsupported', (h) => h.writeUInt32BE(4, 4)],
  ['a backing file', 'image_unsafe', (h) => h.writeBigUInt64BE(512n, 8)],
  ['a backing file name without an offset', 'image_unsafe', (h) => h.writeUInt32BE(11, 16)],
  ['clusters of one byte', 'image_unsupported', (h) => h.writeUInt32BE(0, 20)],
  ['clusters of 4 GiB', 'image_unsupported', (h) => h.writeUInt32BE(32, 20)],
  ['a size of zero', 'image_unsupported', (h) => h.writeBigUInt64BE(0n, 24)],
  ['a size just above the limit', 'image_too_large', (h) => h.writeBigUInt64BE(BigInt(64 * gib) + 1n, 24)],
  ['a size of 16 EiB', 'image_too_large', (h) => h.writeBigUInt64BE(0xffffffffffffffffn, 24)],
  ['encryption', 'image_unsupported', (h) => h.writeUInt32BE(2, 32)],
  ['a huge first table', 'image_unsafe', (h) => h.writeUInt32BE(0x7fffffff, 36)],
  ['a table behind the end', 'image_unsafe', (h) => h.writeBigUInt64BE(BigInt(fileBytes) + 1n, 40)],
  ['a reference table behind the end', 'image_unsafe', (h) => h.writeBigUInt64BE(1n << 62n, 48)],
  ['huge reference counts', 'image_unsafe', (h) => h.writeUInt32BE(0xffffffff, 56)],
  ['thousands of snapshots', 'image_unsafe', (h) => h.writeUInt32BE(65_536, 60)],
  ['the corrupt mark', 'image_unsafe', (h) => h.writeBigUInt64BE(2n, 72)],
  ['an external data file', 'image_unsafe', (h) => h.writeBigUInt64BE(4n, 72)],
  ['an unknown incompatible feature', 'image_unsafe', (h) => h.writeBigUInt64BE(1n << 63n, 72)],
  ['an absurd reference width', 'image_unsafe', (h) => h.writeUInt32BE(200, 96)],
  ['a header length of zero', 'image_unsafe', (h) => h.writeUInt32BE(0, 100)],
  ['a crooked header length', 'image_unsafe', (h) => h.writeUInt32BE(107, 100)],
  ['a header longer than its cluster', 'image_unsafe', (h) => h.writeUInt32BE(0xfffffff8, 100)],
  ['the name of a data file', 'image_unsafe', (h) => h.writeUInt32BE(0x44415441, 112)],
  ['an extension without an end', 'image_unsafe', (h) => h.writeUInt32BE(0xfffffff0, 116)],
];

describe('the header of a qcow2 file', () => {
  it('passes a sound one', () => {
    expect(checkQcow2Header(soundHeader(), fileBytes, 64 * gib)).toEqual({
      ok: true,
      header: { version: 3, virtualBytes: 4 * gib, clusterBytes: 65_536 },
    });
  });

  it('passes version 2, which has no feature bits', () => {
    const head = soundHeader();
    head.writeUInt32BE(2, 4);
    head.fill(0, 72);
    expect(checkQcow2Header(head, fileBytes, 64 * gib)).toMatchObject({ ok: true });
  });

  it('takes compressed clusters and a clean-up left to do', () => {
    const head = soundHeader();
    head.writeBigUInt64BE(0b11001n, 72);
    expect(checkQcow2Header(head, fileBytes, 64 * gib)).toMatchObject({ ok: true });
  });

  it.each(hostile)('refuses %s', (_what, code, change) => {
    const head = soundHeader();
    change(head);
    expect(checkQcow2Header(head, fileBytes, 64 * gib)).toMatchObject({ ok: false, code });
  });

  it.each([0, 4, 71, 72, 100, 103, 111])('refuses a file cut off after %i bytes', (length) => {
    expect(checkQcow2Header(soundHeader().subarray(0, length), length, 64 * gib)).toMatchObject({ ok: false });
  });

  it('ends on any bytes whatever', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      const head = soundHeader().subarray(0, 1024);
      for (let n = 0; n < 8; n += 1) head[(seed * 7919 + n * 104_729) % 512] = (seed * 31 + n * 17) % 256;
      expect(typeof checkQcow2Header(head, fileBytes, 64 * gib).ok).toBe('boolean');
    }
  });
});
