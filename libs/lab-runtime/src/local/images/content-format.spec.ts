import { describe, expect, it } from 'vitest';
import { diskFormatOf, packingOf } from './content-format.js';
import { retryWaitMs } from './retry-wait.js';
import { ImageRefusal, toRefusal } from './image-refusal.js';

const at = (offset: number, ...bytes: number[]) =>
  Buffer.concat([Buffer.alloc(offset), Buffer.from(bytes), Buffer.alloc(600)]);

describe('what a fetched file is', () => {
  it.each([
    ['gzip', at(0, 0x1f, 0x8b, 0x08)],
    ['xz', at(0, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)],
    ['none', at(0, 0x51, 0x46, 0x49, 0xfb)],
    ['none', Buffer.alloc(0)],
  ])('is packed as %s', (packing, head) => expect(packingOf(head)).toBe(packing));

  it.each([
    ['qcow2', at(0, 0x51, 0x46, 0x49, 0xfb)],
    ['raw', at(510, 0x55, 0xaa)],
    ['raw', Buffer.alloc(1024)],
  ])('is a %s disk', (format, head) => expect(diskFormatOf(head)).toEqual({ format }));

  it.each([
    ['a VMDK disk', Buffer.from('KDMV\x01\0\0\0')],
    ['a VHDX disk', Buffer.from('vhdxfile')],
    ['a VDI disk', at(0x40, 0x7f, 0x10, 0xda, 0xbe)],
    ['a zip archive', Buffer.from('PK\x03\x04')],
    ['a tar archive', at(257, ...Buffer.from('ustar'))],
    ['a web page', Buffer.from('<!DOCTYPE html><title>404')],
    ['packed twice', at(0, 0x1f, 0x8b, 0x08)],
  ])('is %s, which is refused', (what, head) => expect(diskFormatOf(head)).toEqual({ what }));
});

describe('when a failed import is tried again', () => {
  it.each([
    [1, false, 10_000],
    [2, false, 20_000],
    [9, false, 300_000],
    [1, true, 60_000],
    [4, true, 480_000],
    [1_000_000, true, 3_600_000],
  ])('after failure %i (final: %s) in %i ms', (attempts, final, wait) =>
    expect(retryWaitMs(attempts, final)).toBe(wait),
  );
});

describe('what an error during an import means', () => {
  const errno = (code: string) => Object.assign(new Error(code), { code });
  it.each([
    ['disk_full', errno('ENOSPC')],
    ['image_unreachable', errno('ENOTFOUND')],
    ['image_unreachable', errno('ECONNRESET')],
    ['image_unreachable', errno('SELF_SIGNED_CERT_IN_CHAIN')],
    ['image_tool_failed', new Error('anything else')],
    ['image_unsafe', new ImageRefusal('image_unsafe', 'as it came')],
  ])('%s', (code, error) => {
    const { reason } = toRefusal(error);
    expect(reason.code).toBe(code);
    expect(reason.advice).not.toBe('');
  });
});
