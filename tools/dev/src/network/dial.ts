import { connect } from 'node:net';

/** Connects to 127.0.0.1, says `hello`, and tells whether the first answer contains `expected`. */
export function dial(port: number, hello: string, expected: string, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let heard = '';
    const settle = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(timeoutMs, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('connect', () => socket.write(hello));
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (heard.includes(expected)) settle(true);
    });
  });
}
