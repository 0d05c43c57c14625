/** What of a qcow2 header matters before any tool opens the file. */
export type Qcow2Header = { version: 2 | 3; virtualBytes: number; clusterBytes: number };
export type Qcow2Verdict =
  | { ok: true; header: Qcow2Header }
  | { ok: false; code: 'image_unsafe' | 'image_unsupported' | 'image_too_large'; why: string };

/** As much of the file as the checks need: the header and its extensions lie in the first cluster. */
export const qcow2HeadBytes = 65_536;
export const qcow2Magic = Buffer.from('QFI\xfb', 'latin1');

const v2HeaderBytes = 72;
const v3HeaderBytes = 104;
/** Incompatible features we know: dirty, corrupt, external data file, compression type, extended L2. */
const knownIncompatible = 0b11111n;
const incompatible = { corrupt: 0b10n, externalData: 0b100n };
const extension = { end: 0, externalData: 0x44415441 };
const limits = { l1Entries: 4 * 1024 * 1024, refcountClusters: 4096, snapshots: 64 };

const bad = (why: string): Qcow2Verdict => ({ ok: false, code: 'image_unsupported', why });
const unsafe = (why: string): Qcow2Verdict => ({ ok: false, code: 'image_unsafe', why });

/**
 * Reads the first bytes of a qcow2 file by hand and says whether it stands alone: without a backing file, an external
 * data file, encryption or tables of absurd size, any of which could make a tool open other files or eat the host.
 */
export function checkQcow2Header(head: Buffer, fileBytes: number, maxVirtualBytes: number): Qcow2Verdict {
  if (head.length < v2HeaderBytes || !head.subarray(0, 4).equals(qcow2Magic)) return bad('it has no qcow2 header');
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) return bad(`qcow2 version ${version} is not known`);
  if (version === 3 && head.length < v3HeaderBytes) return bad('its header is cut off');

  if (head.readBigUInt64BE(8) !== 0n || head.readUInt32BE(16) !== 0) return unsafe('it needs a backing file');
  const clusterBits = head.readUInt32BE(20);
  if (clusterBits < 9 || clusterBits > 21) return bad(`its cluster size (2^${clusterBits}) is out of range`);
  const virtualBytes = head.readBigUInt64BE(24);
  if (virtualBytes === 0n) return bad('its size is zero');
  if (virtualBytes > BigInt(maxVirtualBytes)) {
    return { ok: false, code: 'image_too_large', why: `its virtual size (${virtualBytes} bytes) is above the limit` };
  }
  if (head.readUInt32BE(32) !== 0) return bad('it is encrypted');

  const tables = badTables(head, fileBytes);
  if (tables) return unsafe(tables);
  const features = version === 3 ? badFeatures(head) : undefined;
  if (features) return unsafe(features);
  const extensions = badExtensions(head, version === 3 ? head.readUInt32BE(100) : v2HeaderBytes);
  if (extensions) return unsafe(extensions);
  return { ok: true, header: { version, virtualBytes: Number(virtualBytes), clusterBytes: 2 ** clusterBits } };
}

function badTables(head: Buffer, fileBytes: number): string | undefined {
  const end = BigInt(fileBytes);
  if (head.readUInt32BE(36) > limits.l1Entries) return 'its first table is absurdly large';
  if (head.readUInt32BE(56) > limits.refcountClusters) return 'its reference counts are absurdly large';
  if (head.readUInt32BE(60) > limits.snapshots) return 'it has too many internal snapshots';
  if (head.readBigUInt64BE(40) > end || head.readBigUInt64BE(48) > end) return 'its tables lie behind its end';
  return undefined;
}

function badFeatures(head: Buffer): string | undefined {
  const bits = head.readBigUInt64BE(72);
  if ((bits & incompatible.externalData) !== 0n) return 'it keeps its data in another file';
  if ((bits & incompatible.corrupt) !== 0n) return 'it is marked as corrupt';
  if ((bits & ~knownIncompatible) !== 0n) return 'it uses features that are not known';
  if (head.readUInt32BE(96) > 6) return 'its reference count width is out of range';
  const length = head.readUInt32BE(100);
  if (length < v3HeaderBytes || length % 8 !== 0 || length > 4096) return 'its header length is out of range';
  return undefined;
}

/** Walks the list of header extensions; a list that does not end within what was read is refused. */
function badExtensions(head: Buffer, start: number): string | undefined {
  let at = start;
  while (at + 8 <= head.length) {
    const type = head.readUInt32BE(at);
    if (type === extension.end) return undefined;
    if (type === extension.externalData) return 'it names an external data file';
    at += 8 + Math.ceil(head.readUInt32BE(at + 4) / 8) * 8;
  }
  return 'its header extensions do not end';
}
