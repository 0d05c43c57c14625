import { once } from 'node:events';
import { connect } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveCommands } from '../support/commands.ts';
import { socketOf } from './behaviour.ts';
import { heldBytes } from '../support/held-bytes.ts';
import { portOf } from '../support/port-of.ts';

const behindBytes = 1 << 20;
const [folder = ''] = process.argv.slice(2);

/** The least that joins a WebSocket to a socket and keeps back-pressure: no ticket, no rights, no screen, no sharing. */
function join(web: WebSocket, name: string) {
  const socket = connect(socketOf(folder, name));
  socket.write(`${name}\n`);
  socket.on('data', (bytes: Buffer) => {
    if (web.bufferedAmount < behindBytes) return web.send(bytes);
    socket.pause();
    web.send(bytes, () => socket.resume());
  });
  web.on('message', (bytes: Buffer) => {
    if (socket.write(bytes) || web.isPaused) return;
    web.pause();
    socket.once('drain', () => web.resume());
  });
  web.once('close', () => socket.destroy());
  socket.once('close', () => web.terminate());
  for (const each of [web, socket]) each.on('error', () => socket.destroy());
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4_096, perMessageDeflate: false });
server.on('connection', (web, request) => join(web, (request.url ?? '/').slice(1)));
await once(server, 'listening');

const commands = { port: () => portOf(server.address()), heldBytes };
export type PipeCommands = typeof commands;
serveCommands(commands);
