import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { freePort } from '@lab-orchestrator/dev';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Forwarder, listen } from './tcp-proxy.ts';

let upstream: Server;
let accepted: Socket[];
let port: number;
let forwarder: Forwarder;

beforeEach(async () => {
  accepted = [];
  upstream = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket.on('error', () => undefined));
    socket.pipe(socket);
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const target = { host: '127.0.0.1', port: (upstream.address() as AddressInfo).port };
  port = await freePort();
  forwarder = await listen(port, () => target, 'test');
});

afterEach(async () => {
  await forwarder[Symbol.asyncDispose]();
  for (const socket of accepted) socket.destroy();
  upstream.close();
});

const dial = async () => {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
};

it('passes bytes both ways, and each end of a direction by itself', async () => {
  const socket = await dial();
  const heard: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk));
  const sent = Buffer.alloc(3_000_000, 'x');
  socket.end(sent);
  await once(socket, 'end');
  expect(Buffer.concat(heard).equals(sent)).toBe(true);
});

it('ends the other side when one side breaks', async () => {
  const socket = await dial();
  socket.write('hello');
  await once(socket, 'data');
  const gone = once(accepted[0] ?? socket, 'close');
  socket.resetAndDestroy();
  await gone;
});

it('leaves no connection when it stops', async () => {
  const socket = await dial();
  socket.write('hello');
  await once(socket, 'data');
  const gone = once(socket, 'end');
  await forwarder[Symbol.asyncDispose]();
  await gone;
  await expect(dial()).rejects.toThrow();
});
