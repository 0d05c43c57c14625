import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf } from './address-policy.js';
import { type Download, download, receive } from './download.js';
import { toRefusal } from './image-refusal.js';
import { defaultImportLimits, publicHttpsOnly } from './import-limits.js';
import { ImageServer } from './testing/image-server.js';

const limits = { ...defaultImportLimits, stallTimeoutMs: 300, downloadTimeoutMs: 3000, downloadBytes: 100_000 };
const bytes = Buffer.from('a disk, as far as this test cares');

let folder: string;
let images: ImageServer;
let canary: Server;
let canaryHits = 0;
let canaryPort: number;

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/lab-download-`);
  images = await ImageServer.start();
  canary = createServer((socket) => {
    canaryHits += 1;
    socket.destroy();
  });
  await new Promise<void>((listening) => canary.listen(0, '::', listening));
  canaryPort = addressOf(canary).port;
});
afterAll(async () => {
  await images.stop();
  canary.close();
  await rm(folder, { recursive: true, force: true });
});

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}

let files = 0;
/** The code it is refused with, or `ok`. */
async function outcome(changes: Partial<Download>): Promise<string> {
  const policy = { ...publicHttpsOnly, allowHttp: true, allowedHosts: ['127.0.0.1'] };
  const from: Download = { url: images.url('/disk'), sha256: images.sha256(bytes), policy, limits, ...changes };
  try {
    await download(from, `${folder}/${(files += 1)}`, () => undefined);
    return 'ok';
  } catch (error) {
    return toRefusal(error).code;
  }
}

describe('a disk that is sent', () => {
  it('is given up when its sender falls silent', async () => {
    const sender = new PassThrough();
    sender.write(bytes.subarray(0, 5));
    const expected = { sha256: images.sha256(bytes), limits };
    const receiving = receive(sender, bytes.length, expected, `${folder}/${(files += 1)}`, () => undefined);
    await expect(receiving).rejects.toMatchObject({ code: 'image_unreachable' });
  });
});

describe('a download', () => {
  it('arrives as it was announced', async () => {
    images.serve('/disk', bytes);
    expect(await outcome({})).toBe('ok');
    expect(await readFile(`${folder}/${files}`)).toEqual(bytes);
  });

  it('follows five redirects and not six', async () => {
    images.serve('/disk', bytes);
    for (let n = 1; n <= 6; n += 1) images.redirect(`/hop${n}`, n === 1 ? '/disk' : `/hop${n - 1}`);
    expect(await outcome({ url: images.url('/hop5') })).toBe('ok');
    expect(await outcome({ url: images.url('/hop6') })).toBe('image_address_refused');
  });

  it.each([
    ['another checksum', 'image_checksum_mismatch', { sha256: '0'.repeat(64) }],
    ['a missing file', 'image_not_found', { path: '/missing' }],
    ['a broken server', 'image_unreachable', { path: '/broken' }],
    ['a server that falls silent', 'image_unreachable', { path: '/silent' }],
    ['a server that hangs up', 'image_unreachable', { path: '/cut' }],
    ['an announced size above the limit', 'image_too_large', { path: '/announced' }],
    ['a size above the limit that nobody announced', 'image_too_large', { path: '/endless' }],
    ['a download without end', 'image_timeout', { path: '/slow', limits: { ...limits, downloadTimeoutMs: 600 } }],
    ['a port where nobody listens', 'image_unreachable', { url: 'http://127.0.0.1:1/disk' }],
  ])('is refused for %s', async (_what, code, { path, ...changes }: Partial<Download> & { path?: string }) => {
    images.serve('/disk', bytes);
    expect(await outcome({ ...changes, ...(path ? { url: images.url(path) } : {}) })).toBe(code);
  });
});

describe('a download that leads inside', () => {
  const inside = [
    '127.0.0.1',
    '127.1',
    '127.0.0.2',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '0.0.0.0',
    'localhost',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '127.0.0.1.',
  ];
  const resolved = [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '10.0.0.1',
    'fd00::1',
    '100.64.0.1',
  ];

  it.each(inside)('is refused before it connects: %s', async (host) => {
    for (const scheme of ['http', 'https']) {
      const policy = { ...publicHttpsOnly, allowHttp: true };
      expect(await outcome({ url: `${scheme}://${host}:${canaryPort}/disk`, policy })).toBe('image_address_refused');
    }
    expect(canaryHits).toBe(0);
  });

  it.each(resolved)('is refused when its name resolves to %s', async (address) => {
    const resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
    const policy = { ...publicHttpsOnly, allowHttp: true };
    expect(await outcome({ url: `http://mirror.example:${canaryPort}/disk`, policy, resolve })).toBe(
      'image_address_refused',
    );
    expect(canaryHits).toBe(0);
  });

  it.each(inside.filter((host) => hostOf(new URL(`http://${host}`)) !== '127.0.0.1'))(
    'is refused when an allowed host redirects to %s',
    async (host) => {
      images.redirect('/away', `http://${host}:${canaryPort}/disk`);
      expect(await outcome({ url: images.url('/away') })).toBe('image_address_refused');
      expect(canaryHits).toBe(0);
    },
  );

  it('asks for an address once per connection, so that no second answer can differ', async () => {
    images.serve('/disk', bytes);
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return [{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    const policy = { ...publicHttpsOnly, allowHttp: true, allowedHosts: ['rebinding.example'] };
    const url = images.url('/disk').replace('127.0.0.1', 'rebinding.example');
    expect(await outcome({ url, policy, resolve })).toBe('ok');
    expect(asked).toEqual(['rebinding.example']);
  });

  it.each(['file:///etc/passwd', 'ftp://example.com/disk', 'data:,disk', 'http://user:secret@127.0.0.1/disk'])(
    'is refused when an allowed host redirects to %s',
    async (location) => {
      images.redirect('/away', location);
      expect(await outcome({ url: images.url('/away') })).toBe('image_address_refused');
    },
  );
});
