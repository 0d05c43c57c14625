import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';

/** Not among Node's constants: names a file without opening it (Linux). */
const O_PATH = 0x200000;

/**
 * Connects to a Unix socket that an emulator made. The emulator belongs to the guest once it is broken into, so its
 * folder is hostile: the path is pinned to one inode first, and only a socket (no link to the engine's own, say) is
 * connected. Going through /proc also frees the path from the kernel's limit of 108 bytes.
 */
export async function connectUnix(path: string, timeoutMs: number): Promise<Socket> {
  const handle = await open(path, O_PATH | constants.O_NOFOLLOW);
  try {
    if (!(await handle.stat()).isSocket()) throw new Error(`${path} is not a socket.`);
    return await connected(`/proc/self/fd/${handle.fd}`, timeoutMs);
  } finally {
    await handle.close();
  }
}

function connected(path: string, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const timer = setTimeout(() => socket.destroy(new Error('The socket does not answer.')), timeoutMs);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
