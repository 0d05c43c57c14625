import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errnoOf } from '../images/image-refusal.js';

/**
 * The last bytes of a plain file in an emulator's folder. Links, pipes and devices put there by a broken-into emulator
 * read as nothing, and never block.
 */
export async function readTail(path: string, maxBytes: number): Promise<Buffer> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return Buffer.alloc(0);
      const length = Math.min(stat.size, maxBytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, stat.size - length);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENXIO'].includes(errnoOf(error))) return Buffer.alloc(0);
    throw error;
  }
}
