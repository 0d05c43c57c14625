import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { RuntimeError } from '../../port/runtime-error.js';
import { portOf } from '../../testing/port-of.js';
import { frameOf } from './channel-frames.js';
import { ExecWire } from './exec-wire.js';
import { rawWire } from './raw-wire.js';
import { SocketStream, type SocketStreamOptions } from './socket-stream.js';
import type { Wire } from './wire.js';

/** The peer is a WebSocket server of the spec: it does on purpose what an API server does by accident. */
describe('SocketStream', () => {
  let server: WebSocketServer;
  const open: SocketStream[] = [];

  beforeAll(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
  });
  afterAll(() => {
    for (const stream of open) stream.destroy();
    for (const client of server.clients) client.terminate();
    server.close();
  });

  async function pair(wire: Wire, options: Partial<SocketStreamOptions> = {}) {
    const accepted: Promise<WebSocket[]> = once(server, 'connection');
    const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}`, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.pause();
    const stream = new SocketStream(socket, wire, { what: 'A console', ...options });
    open.push(stream);
    const [peer] = await accepted;
    return { stream, peer: peer as WebSocket };
  }

  it('does not take what nobody reads, and loses none of it', async () => {
    const { stream, peer } = await pair(rawWire);
    const megabyte = Buffer.alloc(2 ** 20, 'x');
    let sent = 0;
    // Sends as fast as the network takes it.
    const sending = (async () => {
      for (; sent < 50; sent += 1) await new Promise<void>((done) => peer.send(megabyte, () => done()));
    })();
    stream.read(0);
    await delay(1_000);
    const stalledAt = sent;
    expect(stalledAt).toBeLessThan(20);
    expect(stream.readableLength).toBeLessThan(3 * 2 ** 20);
    await delay(300);
    expect(sent).toBe(stalledAt);
    let read = 0;
    stream.on('data', (chunk: Buffer) => (read += chunk.length));
    await sending;
    await expect.poll(() => read, { timeout: 20_000 }).toBe(50 * 2 ** 20);
  });

  it('takes no more than the other side does', async () => {
    const { stream, peer } = await pair(rawWire);
    peer.pause();
    let taken = 0;
    const writing = (async () => {
      for (; taken < 50; taken += 1) if (!stream.write(Buffer.alloc(2 ** 20))) await once(stream, 'drain');
    })();
    await delay(1_000);
    expect(taken).toBeLessThan(20);
    expect(stream.writableLength).toBeLessThan(3 * 2 ** 20);
    let received = 0;
    peer.on('message', (data: Buffer) => {
      expect(data.length).toBeLessThanOrEqual(64 * 1024);
      received += data.length;
    });
    peer.resume();
    await writing;
    await expect.poll(() => received, { timeout: 20_000 }).toBe(50 * 2 ** 20);
  });

  it.each([
    ['a close', (peer: WebSocket) => peer.close(1000)],
    ['a close without a code', (peer: WebSocket) => peer.close()],
  ])('%s ends it, after everything was read', async (_, close) => {
    const { stream, peer } = await pair(rawWire);
    peer.send(Buffer.from('last words'));
    close(peer);
    expect((await stream.toArray()).join('')).toBe('last words');
    expect(await stream.ended).toBeUndefined();
  });

  it('breaking off is an error that says what was lost', async () => {
    const { stream, peer } = await pair(rawWire);
    stream.resume();
    peer.terminate();
    const [error] = await once(stream, 'error').then(
      (given) => given,
      (thrown: unknown) => [thrown],
    );
    expect(error).toMatchObject({
      code: 'unreachable',
      retryable: true,
      message: 'A console: the connection was lost.',
    });
  });

  it('breaking off ends no process where nobody listens for errors', async () => {
    const { stream, peer } = await pair(rawWire);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.resume();
    peer.terminate();
    await closed;
    expect(stream.errored).toBeNull();
  });

  it('breaking off may have a reason that somebody else knows', async () => {
    const reason = new RuntimeError('taken_over', 'somebody else', false);
    const { stream, peer } = await pair(rawWire, { explain: () => Promise.resolve(reason) });
    stream.resume();
    peer.terminate();
    const error: unknown = await new Promise((resolve) => stream.once('error', resolve));
    expect(error).toBe(reason);
  });

  it('a status ends it, also while nobody has read yet', async () => {
    const { stream, peer } = await pair(new ExecWire());
    peer.send(frameOf(1, Buffer.from('output')));
    peer.send(frameOf(3, Buffer.from('{"status":"Success"}')));
    stream.read(0);
    expect(await stream.ended).toEqual({ exitCode: 0 });
    expect((await stream.toArray()).join('')).toBe('output');
  });

  it('what is written after the end is not an error', async () => {
    const { stream, peer } = await pair(rawWire);
    peer.close(1000);
    await once(stream.resume(), 'end');
    expect(stream.errored).toBeNull();
  });

  it('letting go closes the connection', async () => {
    const { stream, peer } = await pair(rawWire);
    const closed = once(peer, 'close');
    stream.destroy();
    expect((await closed)[0]).toBe(1000);
  });

  it('letting go of a flood that nobody reads closes it, too', async () => {
    const { stream, peer } = await pair(rawWire);
    const flood = setInterval(() => peer.readyState === peer.OPEN && peer.send(Buffer.alloc(2 ** 20)), 5);
    stream.read(0);
    await delay(200);
    const closed = once(peer, 'close');
    stream.destroy();
    await closed;
    clearInterval(flood);
  });

  it('without a half-close, the end of writing is followed by the end of silence', async () => {
    const { stream, peer } = await pair(rawWire);
    stream.end('request');
    const [request] = await once(peer, 'message');
    expect(String(request)).toBe('request');
    setTimeout(() => peer.send(Buffer.from('answer')), 500);
    expect((await stream.toArray()).join('')).toBe('answer');
  });

  it('survives whatever comes', async () => {
    const { stream, peer } = await pair(new ExecWire());
    let read = 0;
    stream.on('data', (chunk: Buffer) => (read += chunk.length));
    for (let count = 0; count < 2_000; count += 1) {
      const length = count % 300;
      const message = Buffer.from(Array.from({ length }, (_, index) => (count * 31 + index * 17) % 256));
      // Anything but the status channel, which ends it.
      if (message[0] === 3) message[0] = 200;
      peer.send(message);
    }
    peer.send('text, which no server sends');
    peer.send(frameOf(1, Buffer.from('still here')));
    peer.close(1000);
    await once(stream, 'end');
    expect(read).toBeGreaterThan(0);
  });
});
