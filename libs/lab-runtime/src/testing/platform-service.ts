import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { portOf } from './port-of.js';

/** Stands for a service of the platform on this machine, which no lab may reach. */
export async function platformService() {
  const server = createServer((socket) => socket.end('platform')).listen(0, '0.0.0.0');
  await once(server, 'listening');
  const ports = [portOf(server), 5432, 6379, 4222];
  return {
    /** It, and what else a lab might try, at every address of this machine. */
    forbidden: ownAddresses().flatMap((host) => ports.map((port) => ({ host, port }))),
    close: () => server.close(),
  };
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
