import { connect, type Socket } from 'node:net';
import { RuntimeError } from '../../port/runtime-error.js';

/** Connects from the host to an address of a lab network. */
export function connectTcp(address: string, port: number, timeoutMs = 5000, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true, ...(signal ? { signal } : {}) });
    const timer = setTimeout(() => socket.destroy(new Error('timed out')), timeoutMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (cause) => {
      clearTimeout(timer);
      reject(new RuntimeError('unreachable', `Nothing answers at port ${port}: ${cause.message}.`, true, { cause }));
    });
  });
}

/** Does somebody accept connections there? */
export async function tcpAnswers(address: string, port: number, timeoutMs = 1000): Promise<boolean> {
  try {
    (await connectTcp(address, port, timeoutMs)).destroy();
    return true;
  } catch {
    return false;
  }
}
