import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { portOf } from '../../testing/port-of.js';

/** A listener on the node, in place of a service of the platform, that counts who comes by. */
export type Canary = {
  name: string;
  port: number;
  protocol: 'tcp' | 'udp';
  hits(): number;
  reset(): void;
  close(): void;
};

/** Listens on every address of this machine, IPv6 included. */
export async function tcpCanary(name: string): Promise<Canary> {
  let hits = 0;
  const server = createServer((socket) => {
    hits += 1;
    socket.on('error', () => undefined).end('canary\n');
  }).listen(0, '::');
  await once(server, 'listening');
  return {
    name,
    protocol: 'tcp',
    port: portOf(server),
    hits: () => hits,
    reset: () => (hits = 0),
    close: () => server.close(),
  };
}

/** Datagrams are not answered: only the canary knows of them. */
export async function udpCanary(name: string): Promise<Canary> {
  let hits = 0;
  const socket = createSocket({ type: 'udp6' }).on('message', () => (hits += 1));
  socket.bind(0, '::');
  await once(socket, 'listening');
  const { port } = socket.address();
  return { name, protocol: 'udp', port, hits: () => hits, reset: () => (hits = 0), close: () => socket.close() };
}
