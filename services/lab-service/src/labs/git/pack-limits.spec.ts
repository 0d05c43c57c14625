import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkPack } from './pack-limits.js';

const blob = 3;
const refDelta = 7;
interface PackObject {
  kind: number;
  content: Uint8Array;
  claimedSize?: number;
}

/** A pack as git sends it, with whatever its objects claim. */
function packOf(...objects: PackObject[]) {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(objects.length);
  return Buffer.concat([
    Buffer.from('PACK'),
    Buffer.from([0, 0, 0, 2]),
    count,
    ...objects.flatMap(({ kind, content, claimedSize = content.length }) => [
      header(kind, claimedSize),
      ...(kind === refDelta ? [Buffer.alloc(20)] : []),
      deflateSync(content),
    ]),
    Buffer.alloc(20),
  ]);
}

function header(kind: number, size: number) {
  const bytes = [(kind << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

function varint(value: number) {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

describe('checkPack', () => {
  const kibibyte = Buffer.alloc(1024);

  it('lets a pack through that unfolds to the limit', () => {
    expect(() =>
      checkPack(packOf({ kind: blob, content: kibibyte }, { kind: blob, content: kibibyte }), 2048),
    ).not.toThrow();
  });

  it.each([
    ['one object that inflates', packOf({ kind: blob, content: Buffer.alloc(2 ** 20) })],
    ['an object that claims to be small', packOf({ kind: blob, content: Buffer.alloc(2 ** 20), claimedSize: 10 })],
    ['many objects together', packOf(...Array.from({ length: 3 }, () => ({ kind: blob, content: kibibyte })))],
    [
      'a delta that makes much of little',
      packOf({ kind: refDelta, content: Buffer.concat([varint(10), varint(2 ** 30), Buffer.from([1])]) }),
    ],
  ])('refuses %s', (_, pack) => {
    expect(() => checkPack(pack, 2048)).toThrow(expect.objectContaining({ name: 'FolderError', code: 'too_large' }));
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.alloc(100)],
    ['a pack that is cut off', packOf({ kind: blob, content: kibibyte }).subarray(0, 30)],
    ['fewer objects than announced', Buffer.concat([packOf().subarray(0, 11), Buffer.from([3]), Buffer.alloc(40)])],
  ])('refuses %s', (_, pack) => {
    expect(() => checkPack(pack, 2048)).toThrow(expect.objectContaining({ code: 'archive_unreadable' }));
  });
});
