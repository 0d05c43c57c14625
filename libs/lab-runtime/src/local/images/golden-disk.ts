import { lstat, open, rm } from 'node:fs/promises';
import { z } from 'zod';
import { type DiskFormat, diskFormatOf, packingOf } from './content-format.js';
import type { DiskTool } from './disk-tool.js';
import { ImageRefusal } from './image-refusal.js';
import type { ImportLimits } from './import-limits.js';
import { checkQcow2Header, qcow2HeadBytes } from './qcow2-header.js';
import { unpack } from './unpack.js';

const ToolInfo = z.object({
  'virtual-size': z.number().int().positive(),
  'backing-filename': z.string().optional(),
  'full-backing-filename': z.string().optional(),
  encrypted: z.boolean().optional(),
  'format-specific': z.object({ data: z.object({ 'data-file': z.string().optional() }) }).optional(),
});

export type Making = {
  imageId: string;
  /** The fetched file, as it came. */
  source: string;
  /** Where an unpacked copy may lie for a while. */
  scratch: string;
  /** Folder that receives `disk.qcow2`; writable for the tool's user. */
  outFolder: string;
  limits: ImportLimits;
};

/**
 * Two tools in one container: QEMU's own opinion of the file, then the conversion; each with its own bounds on memory,
 * time and what it may write. The format is always named, never guessed.
 */
const script = `
prlimit --as=1073741824 --cpu=60 -- qemu-img info -f "$1" --output=json /in &&
exec prlimit --cpu="$3" --fsize="$2" -- qemu-img convert -f "$1" -O qcow2 /in /out/disk.qcow2
`;

/** Turns a fetched file into a clean qcow2 that stands alone. Returns the size of the disk as the guest sees it. */
export async function makeGoldenDisk(tool: DiskTool, making: Making): Promise<number> {
  const packing = packingOf(await headOf(making.source));
  let disk = making.source;
  if (packing !== 'none') {
    await unpack(packing, making.source, making.scratch, making.limits.unpackedBytes);
    await rm(making.source);
    disk = making.scratch;
  }
  const format = await formatOf(disk, making.limits);
  const output = await tool.run({
    name: making.imageId,
    command: ['/bin/sh', '-c', script, 'sh', format, String(fileCap(making.limits)), String(cpuSeconds(making.limits))],
    mounts: [
      { source: disk, target: '/in', readOnly: true },
      { source: making.outFolder, target: '/out', readOnly: false },
    ],
    timeoutMs: making.limits.convertTimeoutMs,
  });
  refuseByInfo(output, making.limits);
  return verifyResult(`${making.outFolder}/disk.qcow2`, making.limits);
}

async function formatOf(disk: string, limits: ImportLimits): Promise<DiskFormat> {
  const found = diskFormatOf(await headOf(disk));
  const { size } = await lstat(disk);
  if ('what' in found)
    throw new ImageRefusal('image_unsupported', `The image is ${found.what}, not a raw or qcow2 disk.`);
  if (found.format === 'qcow2') await headerOf(disk, limits);
  else if (size < 512) throw new ImageRefusal('image_unsupported', 'The image is too short to be a disk.');
  else if (size > limits.virtualBytes) throw new ImageRefusal('image_too_large', 'The disk is larger than the limit.');
  return found.format;
}

/** The second opinion: what QEMU itself makes of the file. */
function refuseByInfo(output: string, limits: ImportLimits): void {
  const info = ToolInfo.parse(JSON.parse(output));
  const other = info['backing-filename'] ?? info['full-backing-filename'] ?? info['format-specific']?.data['data-file'];
  if (other !== undefined || info.encrypted) {
    throw new ImageRefusal('image_unsafe', 'The image cannot be used: it refers to other files.');
  }
  if (info['virtual-size'] > limits.virtualBytes) {
    throw new ImageRefusal('image_too_large', 'The disk is larger than the limit.');
  }
}

/** The tool worked on hostile input: what it left is believed only after the same checks. */
async function verifyResult(file: string, limits: ImportLimits): Promise<number> {
  if (!(await lstat(file)).isFile())
    throw new ImageRefusal('image_unsafe', 'The conversion did not leave a plain file.');
  return headerOf(file, limits);
}

async function headerOf(file: string, limits: ImportLimits): Promise<number> {
  const { size } = await lstat(file);
  const verdict = checkQcow2Header(await headOf(file), size, limits.virtualBytes);
  if (verdict.ok) return verdict.header.virtualBytes;
  throw new ImageRefusal(verdict.code, `The image cannot be used: ${verdict.why}.`);
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(qcow2HeadBytes), 0, qcow2HeadBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A converted disk may need its tables on top of its content. */
const fileCap = (limits: ImportLimits) => Math.ceil(limits.virtualBytes * 1.05) + 64 * 1024 ** 2;
const cpuSeconds = (limits: ImportLimits) => Math.ceil(limits.convertTimeoutMs / 1000);
