import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendUpload, type Upload } from './upload.js';

/** Stands in for CDI's upload proxy, which the test cluster does not have: the documented request, and its answers. */
type Received = { path?: string; token?: string; length?: string; bytes: Buffer; complete: boolean };
let server: Server;
let url: string;
const nothing = { bytes: Buffer.alloc(0), complete: false };
let received: Received = nothing;
let answer = 200;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const { url: path, headers } = request;
    received = {
      path,
      token: headers.authorization,
      length: headers['content-length'],
      bytes: Buffer.alloc(0),
      complete: false,
    };
    const mine = received;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      mine.bytes = Buffer.concat(chunks);
    });
    request.on('end', () => {
      mine.complete = request.complete;
      response.writeHead(answer).end('the proxy says so');
    });
    request.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
beforeEach(() => {
  received = nothing;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const bytes = randomBytes(300_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
/** Slow enough that each piece is on its way before the next one comes. */
const pieces = () =>
  Readable.from(
    (async function* () {
      for (let from = 0; from < bytes.length; from += 100_000) {
        yield bytes.subarray(from, from + 100_000);
        await delay(50);
      }
    })(),
  );
const send = (change: Partial<Upload> = {}) =>
  sendUpload({
    proxy: { url },
    token: 'one-time',
    file: { stream: pieces(), sizeBytes: bytes.length },
    sha256,
    maxBytes: 2 ** 20,
    signal: AbortSignal.timeout(10_000),
    ...change,
  });

describe('an upload to CDI', () => {
  it('sends the file with its token', async () => {
    await send();
    expect(received).toMatchObject({
      path: '/v1beta1/upload-async',
      token: 'Bearer one-time',
      length: '300000',
      complete: true,
    });
    expect(received.bytes.equals(bytes)).toBe(true);
  });

  it('needs no size', async () => {
    await send({ file: { stream: pieces() } });
    expect(received).toMatchObject({ length: undefined, complete: true });
    expect(received.bytes.equals(bytes)).toBe(true);
  });

  it('never completes a file that is not the announced one', async () => {
    await expect(send({ sha256: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'image_checksum_mismatch' });
    await delay(100);
    expect(received).toMatchObject({ token: 'Bearer one-time', complete: false });
    expect(received.bytes.length).toBe(200_000);
  });

  it('ends at the limit', async () => {
    await expect(send({ maxBytes: 150_000 })).rejects.toMatchObject({ code: 'image_too_large' });
    expect(received.complete).toBe(false);
  });

  it.each([
    [400, 'image_tool_failed'],
    [503, 'image_unreachable'],
  ])('tells a refusal with %i as %s', async (status, code) => {
    answer = status;
    await expect(send()).rejects.toMatchObject({ code, message: expect.stringMatching(/the proxy says so/) });
    answer = 200;
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const slow = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 10);
        abort.abort(new Error('closing'));
        yield bytes.subarray(10);
      })(),
    );
    await expect(send({ file: { stream: slow }, signal: abort.signal })).rejects.toThrow(/clos|abort/i);
  });
});
