import { FolderError } from '@lab-orchestrator/lab-folder';
import { inflateSync } from 'node:zlib';
import { z } from 'zod';

const objectKinds = { ofsDelta: 6, refDelta: 7 } as const;
const headerBytes = 12;
const trailerBytes = 20;
const Inflated = z.object({ buffer: z.instanceof(Uint8Array), engine: z.object({ bytesWritten: z.number() }) });

/**
 * Refuses a pack whose objects unfold to more than the limit, before anything unfolds them as a whole. Counts what
 * each object inflates to and what its delta claims to make, so neither compression nor deltas hide the size.
 */
export function checkPack(pack: Uint8Array, maxBytes: number) {
  const bytes = Buffer.from(pack.buffer, pack.byteOffset, pack.byteLength);
  if (bytes.length < headerBytes + trailerBytes || bytes.toString('latin1', 0, 4) !== 'PACK') throw unreadable();
  let left = maxBytes;
  let offset = headerBytes;
  for (let objects = bytes.readUInt32BE(8); objects > 0; objects -= 1) {
    const { kind, next } = readHeader(bytes, offset);
    const { content, used } = inflate(bytes.subarray(next, bytes.length - trailerBytes), left);
    const isDelta = kind === objectKinds.ofsDelta || kind === objectKinds.refDelta;
    left -= Math.max(content.length, isDelta ? deltaTarget(content) : 0);
    if (left < 0) throw tooLarge(maxBytes);
    offset = next + used;
  }
}

/** The kind of an object, and where its content begins. */
function readHeader(bytes: Buffer, start: number) {
  let offset = start;
  const kind = (byteAt(bytes, offset) >> 4) & 7;
  while (byteAt(bytes, offset) & 0x80) offset += 1;
  offset += 1;
  if (kind === objectKinds.refDelta) offset += 20;
  if (kind === objectKinds.ofsDelta) {
    while (byteAt(bytes, offset) & 0x80) offset += 1;
    offset += 1;
  }
  return { kind, next: offset };
}

function inflate(compressed: Buffer, maxOutputLength: number) {
  try {
    const { buffer, engine } = Inflated.parse(
      inflateSync(compressed, { info: true, maxOutputLength: Math.max(1, maxOutputLength) }),
    );
    return { content: buffer, used: engine.bytesWritten };
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxOutputLength);
    throw unreadable();
  }
}

/** A delta begins with two numbers: the size of what it starts from, and of what it makes. */
function deltaTarget(delta: Uint8Array) {
  let offset = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = delta[offset++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) return value;
    }
  };
  number();
  return number();
}

function byteAt(bytes: Buffer, offset: number) {
  const byte = bytes[offset];
  if (byte === undefined) throw unreadable();
  return byte;
}

const unreadable = () => new FolderError('archive_unreadable', 'the repository sent something that is no pack');
const tooLarge = (maxBytes: number) =>
  new FolderError('too_large', `the repository unfolds to more than ${Math.floor(maxBytes / 2 ** 20)} MiB`);
