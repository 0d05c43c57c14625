import type { Socket } from 'node:net';
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { connectUnix } from './unix-socket.js';

const Message = z.union([
  z.object({ return: z.unknown() }),
  z.object({ error: z.object({ class: z.string(), desc: z.string() }) }),
  z.object({ QMP: z.unknown() }),
  z.object({ event: z.string() }),
]);

/** Longer lines than any answer we ask for; a broken-into emulator must not fill our memory. */
const maxLineBytes = 1024 * 1024;

export type QmpCommand = { execute: string; arguments?: Record<string, unknown> };

/**
 * Sends commands to one emulator and returns their results, in order. QEMU serves one client at a time and the others
 * wait in line, so a connection lives only as long as one such call.
 */
export async function qmp(path: string, commands: QmpCommand[], timeoutMs: number): Promise<unknown[]> {
  const socket = await connectUnix(path, timeoutMs);
  const timer = setTimeout(() => socket.destroy(new Error('The emulator does not answer.')), timeoutMs);
  try {
    return await converse(socket, [{ execute: 'qmp_capabilities' }, ...commands]);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function converse(socket: Socket, commands: QmpCommand[]): Promise<unknown[]> {
  const failed = new Promise<never>((_resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(closed()));
  });
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxLineBytes) socket.destroy(new Error('The emulator sends too much.'));
  });
  const results: unknown[] = [];
  const talk = async () => {
    for await (const line of createInterface({ input: socket })) {
      const message = Message.parse(JSON.parse(line));
      if ('event' in message) continue;
      if ('error' in message) throw new Error(`The emulator refuses: ${message.error.desc}`);
      if ('return' in message) results.push(message.return);
      const next = commands[results.length];
      if (!next) return results.slice(1);
      socket.write(`${JSON.stringify(next)}\n`);
    }
    throw closed();
  };
  return Promise.race([talk(), failed]);
}

/** What an emulator does that ends while it is asked; told like a connection that was reset, which is the same. */
function closed(): Error {
  return Object.assign(new Error('The emulator closed its control socket.'), { code: 'ECONNRESET' });
}
