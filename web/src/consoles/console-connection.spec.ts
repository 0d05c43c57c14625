import { WebSocket as Socket, WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { ConsoleConnection, type ConsoleMode, type ConsoleState } from './console-connection.js';

/** A real server: what it closes with is what the browser sees. */
let server: WebSocketServer;
let onSocket: (socket: ServerSocket, protocols: string) => void;
const issued: ConsoleMode[] = [];
let connection: ConsoleConnection;
let refuse: ApiError | undefined;

beforeEach(async () => {
  issued.length = 0;
  refuse = undefined;
  onSocket = () => undefined;
  server = new WebSocketServer({ port: 0, handleProtocols: () => 'lab.terminal' });
  server.on('connection', (socket, request) => onSocket(socket, request.headers['sec-websocket-protocol'] ?? ''));
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  connection = new ConsoleConnection({
    // That of jsdom does not run inside Vitest.
    Socket: Socket as unknown as typeof WebSocket,
    issueTicket: async (mode) => {
      issued.push(mode);
      if (refuse) throw refuse;
      return { url: `ws://127.0.0.1:${port}`, protocol: 'terminal', ticket: `t${issued.length}`, expiresInS: 30 };
    },
  });
});
afterEach(async () => {
  connection.stop();
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

const reaches = (kind: ConsoleState['kind'], why?: string) =>
  vi.waitFor(() => expect(connection.state).toMatchObject({ kind, ...(why !== undefined && { why }) }), 5_000);

describe('ConsoleConnection', () => {
  it('offers the protocol and the ticket as subprotocols, never in the address', async () => {
    const offered = new Promise<string>((resolve) => (onSocket = (_, protocols) => resolve(protocols)));
    connection.start('control');
    await reaches('open');
    expect(await offered).toBe('lab.terminal,ticket.t1');
  });

  it.each([
    [4409, 'takenOver'],
    [4403, 'revoked'],
    [4404, 'gone'],
  ])('stops for a person to decide when closed with %i: %s', async (code, why) => {
    onSocket = (socket) => socket.close(code);
    connection.start('control');
    await reaches('stopped', why);
    expect(issued).toHaveLength(1);
  });

  it.each([
    [1011, 'lost'],
    [4408, 'tooSlow'],
    [4503, 'unreachable'],
    [4401, 'lost'],
  ])('comes back by itself with a fresh ticket when closed with %i: %s', async (code, why) => {
    const tickets: string[] = [];
    const seen = new Set<string>();
    onSocket = (socket, protocols) => {
      tickets.push(protocols);
      if (tickets.length === 1) socket.close(code);
    };
    connection.subscribe(() => connection.state.kind === 'waiting' && seen.add(connection.state.why));
    connection.start('control');
    await vi.waitFor(() => expect(tickets).toHaveLength(2), 5_000);
    await reaches('open');
    expect([...seen]).toEqual([why]);
    expect(tickets).toEqual(['lab.terminal,ticket.t1', 'lab.terminal,ticket.t2']);
  });

  it('does not call the end of a shell a lost connection', async () => {
    onSocket = (socket) => socket.close(1000);
    connection.start('control', (socket) => {
      socket.addEventListener('open', () => connection.exited(7));
      return () => undefined;
    });
    await reaches('stopped', 'exited');
    expect(connection.state).toMatchObject({ exitCode: 7 });
  });

  it.each([
    [404, 'stopped', 'gone'],
    [403, 'stopped', 'revoked'],
    [503, 'waiting', 'busy'],
    [409, 'waiting', 'unreachable'],
    [0, 'waiting', 'lost'],
  ] as const)('answers a refused ticket (%i) by %s: %s', async (status, kind, why) => {
    refuse = new ApiError({ status, code: 'x', detail: '' });
    connection.start('control');
    await reaches(kind, why);
  });

  it('waits as long as the server asks', async () => {
    refuse = new ApiError({ status: 503, code: 'x', detail: '', retryAfterS: 9 });
    connection.start('control');
    await reaches('waiting', 'busy');
    expect(connection.state).toMatchObject({ kind: 'waiting' });
    if (connection.state.kind === 'waiting') expect(connection.state.retryAt - Date.now()).toBeGreaterThan(8_000);
  });

  it('gives up the connection when the browser goes offline, and goes on when it is back', async () => {
    connection.start('control');
    await reaches('open');
    dispatchEvent(new Event('offline'));
    expect(connection.state).toMatchObject({ kind: 'waiting', why: 'offline' });
    dispatchEvent(new Event('online'));
    await reaches('open');
    expect(issued).toEqual(['control', 'control']);
  });

  it('watches after it was taken over, when the person wants to', async () => {
    onSocket = (socket) => issued.length === 1 && socket.close(4409);
    connection.start('control');
    await reaches('stopped', 'takenOver');
    connection.start('view');
    await reaches('open');
    expect(issued).toEqual(['control', 'view']);
  });

  it('leaves nothing behind when it stops', async () => {
    connection.start('control');
    await reaches('open');
    connection.stop();
    await vi.waitFor(() => expect(server.clients.size).toBe(0));
    dispatchEvent(new Event('online'));
    expect(issued).toHaveLength(1);
  });
});
