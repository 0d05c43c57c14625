import { qcow2Magic } from './qcow2-header.js';

export type Packing = 'none' | 'gzip' | 'xz';
export type DiskFormat = 'raw' | 'qcow2';

/** Things that are neither a disk nor a packing we take, and would otherwise pass as raw bytes. */
const refused: { what: string; at: number; magic: Buffer }[] = [
  { what: 'a VMDK disk', at: 0, magic: Buffer.from('KDMV') },
  { what: 'a VMDK description', at: 0, magic: Buffer.from('# Disk Descriptor') },
  { what: 'a VHDX disk', at: 0, magic: Buffer.from('vhdxfile') },
  { what: 'a VHD disk', at: 0, magic: Buffer.from('conectix') },
  { what: 'a VDI disk', at: 0x40, magic: Buffer.from([0x7f, 0x10, 0xda, 0xbe]) },
  { what: 'a QED disk', at: 0, magic: Buffer.from('QED\0') },
  { what: 'a LUKS container', at: 0, magic: Buffer.from('LUKS\xba\xbe', 'latin1') },
  { what: 'a zip archive', at: 0, magic: Buffer.from('PK\x03\x04') },
  { what: 'a zstd archive', at: 0, magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]) },
  { what: 'a bzip2 archive', at: 0, magic: Buffer.from('BZh') },
  { what: 'a tar archive', at: 257, magic: Buffer.from('ustar') },
  { what: 'a web page', at: 0, magic: Buffer.from('<!DOCTYPE') },
  { what: 'a web page', at: 0, magic: Buffer.from('<!doctype') },
  { what: 'a web page', at: 0, magic: Buffer.from('<html') },
];

const startsAt = (head: Buffer, at: number, magic: Buffer) => head.subarray(at, at + magic.length).equals(magic);

/** How the bytes are packed, judged by content and never by name. */
export function packingOf(head: Buffer): Packing {
  if (startsAt(head, 0, Buffer.from([0x1f, 0x8b, 0x08]))) return 'gzip';
  if (startsAt(head, 0, Buffer.from('\xfd7zXZ\0', 'latin1'))) return 'xz';
  return 'none';
}

/** The format of an unpacked disk, or what it is instead. */
export function diskFormatOf(head: Buffer): { format: DiskFormat } | { what: string } {
  if (packingOf(head) !== 'none') return { what: 'packed twice' };
  if (startsAt(head, 0, qcow2Magic)) return { format: 'qcow2' };
  const other = refused.find((one) => startsAt(head, one.at, one.magic));
  return other ? { what: other.what } : { format: 'raw' };
}
