import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content?: string | Uint8Array;
  /** Unix mode with the file type, e.g. `0o120777` for a symbolic link. */
  mode?: number;
  /** Bits of the general purpose flag, e.g. 1 for encrypted. */
  flags?: number;
  /** What the headers claim instead of the true size. */
  claimedSize?: number;
}

/** Writes a zip for specs, also such ones that no honest tool writes. */
export function zipOf(entries: readonly ZipEntry[] | Record<string, string | Uint8Array>): Buffer {
  const list = Array.isArray(entries) ? entries : Object.entries(entries).map(([name, content]) => ({ name, content }));
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of list) {
    const { name, fields, data } = encode(entry);
    const local = Buffer.concat([u32(0x04034b50), fields, name, data]);
    centrals.push(
      Buffer.concat([
        u32(0x02014b50),
        u16((3 << 8) | 20),
        fields,
        u16(0), // comment
        u16(0), // disk
        u16(0), // internal attributes
        u32(((entry.mode ?? 0o100644) << 16) >>> 0),
        u32(offset),
        name,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(list.length),
    u16(list.length),
    u32(directory.length),
    u32(offset),
    u16(0),
  ];
  return Buffer.concat([...locals, directory, ...end]);
}

function encode(entry: ZipEntry) {
  const content = Buffer.from(entry.content ?? '');
  const data = deflateRawSync(content);
  const name = Buffer.from(entry.name);
  const utf8 = 0x800;
  const fields = Buffer.concat([
    u16(20),
    u16(utf8 | (entry.flags ?? 0)),
    u16(8), // deflate
    u32(0), // time
    u32(crc32(content)),
    u32(data.length),
    u32(entry.claimedSize ?? content.length),
    u16(name.length),
    u16(0), // extra
  ]);
  return { name, fields, data };
}

const u16 = (value: number) => Buffer.from([value & 255, (value >>> 8) & 255]);
const u32 = (value: number) => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);
