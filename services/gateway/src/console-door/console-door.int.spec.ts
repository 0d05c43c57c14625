import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { connect } from 'node:net';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testNats } from '@lab-orchestrator/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';

/** In place of console-service: echoes what comes, in its own process's port. */
let target: Server;
let nats: PrivateService;
let gateway: RunningGateway;
beforeAll(async () => {
  target = createServer((incoming, answer) => {
    answer.writeHead(200, { 'x-seen-host': incoming.headers.host ?? '', 'x-seen-path': incoming.url ?? '' });
    incoming.pipe(answer);
  });
  target.on('upgrade', (incoming, socket) => {
    socket.on('error', () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Protocol: ${incoming.headers['sec-websocket-protocol']}\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const address = target.address();
  const port = typeof address === 'object' ? address?.port : 0;
  nats = await testNats();
  gateway = await runGateway({ LAB_NATS_URL: nats.url, LAB_CONSOLE_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await gateway.stop();
  await nats.stop();
  target.closeAllConnections();
  target.close();
});

const port = () => Number(new URL(gateway.url).port);
function ask(
  host: string,
  path: string,
  body = '',
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port: port(), host: '127.0.0.1', path, method: 'POST', headers: { host } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
function upgrade(path: string, host = 'localhost:8080') {
  const socket = connect(port(), '127.0.0.1');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: lab.terminal\r\n\r\n`,
  );
  return socket;
}
const firstOf = (socket: ReturnType<typeof connect>) =>
  new Promise<string>((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.toString()));
    socket.once('close', () => resolve('closed'));
  });

describe('lab web apps', () => {
  it('are passed on under their own host name, with everything', async () => {
    const answer = await ask('a1b2.apps.localhost:8080', '/x?y=1', 'hello');
    expect(answer).toMatchObject({
      status: 200,
      body: 'hello',
      headers: { 'x-seen-host': 'a1b2.apps.localhost:8080', 'x-seen-path': '/x?y=1' },
    });
  });

  it.each(['a1b2.apps.localhost', 'A1B2.APPS.LOCALHOST:8080', 'apps.localhost'])(
    '%s never reaches the API',
    async (host) => {
      expect(await ask(host, '/api/v1/auth/login', '{}')).toMatchObject({ status: 200, body: '{}' });
    },
  );

  it.each(['localhost:8080', 'apps.localhost.evil.example', 'xapps.localhost'])('%s is not one', async (host) => {
    expect((await ask(host, '/api/v1/users', '{}')).headers).not.toHaveProperty('x-seen-path');
  });
});

describe('consoles', () => {
  it('are piped byte by byte, both ways', async () => {
    const socket = upgrade('/consoles/7a0f');
    expect(await firstOf(socket)).toMatch(/^HTTP\/1.1 101 [\s\S]*X-Protocol: lab.terminal/);
    const bytes = Buffer.from([0, 255, 13, 10, 128]);
    socket.write(bytes);
    expect(await new Promise<Buffer>((resolve) => socket.once('data', resolve))).toEqual(bytes);
    socket.destroy();
  });

  it('are upgraded nowhere else', async () => {
    expect(await firstOf(upgrade('/api/v1/events'))).toMatch(/^HTTP\/1.1 404/);
  });

  it('are 503 while console-service is away', async () => {
    target.closeAllConnections();
    await new Promise((resolve) => target.close(resolve));
    const answer = await ask('a1.apps.localhost', '/');
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(await firstOf(upgrade('/consoles/7a0f'))).toBe('closed');
  });
});
