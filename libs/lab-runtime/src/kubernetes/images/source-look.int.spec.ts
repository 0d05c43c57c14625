import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImageServer } from '../../local/images/testing/image-server.js';
import { type Look, lookAtSource } from './source-look.js';

const MiB = 2 ** 20;
const local = { allowHttp: true, allowPrivate: true, allowedHosts: [] };
const strict = { allowHttp: true, allowPrivate: false, allowedHosts: [] };

/** The head of a version 3 qcow2 without anything in it. */
function qcow2(virtualBytes: number, change: (head: Buffer) => void = () => undefined): Buffer {
  const head = Buffer.alloc(65_536);
  head.write('QFI\xfb', 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(BigInt(virtualBytes), 24);
  head.writeUInt32BE(1, 36);
  head.writeUInt32BE(4, 96);
  head.writeUInt32BE(104, 100);
  change(head);
  return head;
}

let server: ImageServer;
beforeAll(async () => {
  server = await ImageServer.start();
  server.serve('/disk.qcow2', qcow2(700 * MiB));
  server.serve(
    '/backing.qcow2',
    qcow2(MiB, (head) => head.writeBigUInt64BE(4096n, 8)),
  );
  server.serve('/huge.qcow2', qcow2(2 ** 45));
  server.serve('/disk.raw', Buffer.alloc(3 * MiB, 7));
  server.serve('/disk.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]));
  server.serve('/page', Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'.padEnd(2000)));
  server.serve('/short', Buffer.from('short'));
  server.redirect('/moved', server.url('/disk.raw'));
  server.redirect('/loop', server.url('/loop'));
  server.redirect('/inside', 'http://169.254.169.254/latest/meta-data');
});
afterAll(() => server.stop());

const look = (path: string, change: Partial<Look> = {}) =>
  lookAtSource({
    url: path.startsWith('/') ? server.url(path) : path,
    policy: local,
    maxBytes: 2 ** 37,
    redirects: 3,
    ...change,
  });

describe('a look at the source of an image', () => {
  it.each([
    ['/disk.qcow2', 700 * MiB],
    ['/disk.raw', 3 * MiB],
    ['/moved', 3 * MiB],
    ['/disk.gz', undefined],
  ])('%s: a disk of %s bytes', async (path, virtualBytes) => {
    expect(await look(path)).toEqual(virtualBytes === undefined ? {} : { virtualBytes });
  });

  it.each([
    ['/backing.qcow2', 'image_unsafe'],
    ['/huge.qcow2', 'image_too_large'],
    ['/page', 'image_unsupported'],
    ['/short', 'image_unsupported'],
    ['/nothing', 'image_not_found'],
    ['/broken', 'image_unreachable'],
    ['/loop', 'image_address_refused'],
    ['http://127.0.0.1:1/disk', 'image_unreachable'],
    ['ftp://127.0.0.1/disk', 'image_address_refused'],
  ])('%s: %s', async (path, code) => {
    await expect(look(path)).rejects.toMatchObject({ code });
  });

  it('does not wait for ever', async () => {
    await expect(look('/silent', { timeoutMs: 300 })).rejects.toMatchObject({ code: 'image_unreachable' });
  });

  it.each([
    ['an address of this machine', () => look(server.url('/disk.raw'), { policy: strict })],
    [
      'a name that leads to one',
      () =>
        look('http://images.test/disk.raw', {
          policy: strict,
          resolve: async () => [{ address: '127.0.0.1', family: 4 }],
        }),
    ],
    ['the cloud’s metadata', () => look('http://169.254.169.254/latest', { policy: strict })],
    ['plain http', () => look('http://1.1.1.1/disk', { policy: { ...strict, allowHttp: false } })],
    ['a password', () => look('https://me:secret@1.1.1.1/disk', { policy: strict })],
  ])('refuses %s before it connects', async (_what, tried) => {
    const before = new Map(server.requests);
    await expect(tried()).rejects.toMatchObject({ code: 'image_address_refused' });
    expect(server.requests).toEqual(before);
  });

  it('refuses a redirect into the inside', async () => {
    const policy = { ...strict, allowedHosts: ['127.0.0.1'] };
    await expect(look('/inside', { policy })).rejects.toMatchObject({ code: 'image_address_refused' });
  });
});
