import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Door {
  host: string;
  port: number;
}

export interface Forwarder extends AsyncDisposable {
  /** How it gets there, for people. */
  how: string;
}

/** Bytes both ways, with the back-pressure of pipes. Only this machine may connect. */
export async function listen(port: number, target: () => Door, how: string): Promise<Forwarder> {
  const open = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ ...target(), allowHalfOpen: true, noDelay: true });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.once('error', () => other.destroy());
      socket.once('close', () => {
        open.delete(socket);
        if (!socket.readableEnded) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
  return {
    how,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
