import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateImageRequest, RetryImage, RetrySession, UploadImage } from '@lab-orchestrator/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ImageHost, sha256 } from '../testing/image-host.fixture.js';
import { Platform } from '../testing/platform.fixture.js';

const disk = Buffer.concat([Buffer.alloc(2 ** 20, 'data'), Buffer.alloc(2 ** 20)]);
const machine = (image: string) => `apiVersion: lab/v1
id: ${image}
title: A machine with the disk ${image}
systems:
  - name: box
    kind: vm
    memory: 64Mi
    disks: [{ name: root, image: ${image} }]
    access: [{ name: console, kind: serial }]
`;

let host: ImageHost;
let platform: Platform;
const sessions: string[] = [];

/** Adds an image over the API's own request, and starts a lab that waits for it. */
async function startWith(http: { url: string; sha256: string }) {
  const name = `disk-${randomUUID().slice(0, 8)}`;
  const { id: imageId } = await platform.labs.ask(CreateImageRequest, { name, http }, platform.lecturer);
  return { imageId, sessionId: await begin(name) };
}

async function begin(image: string) {
  const sessionId = await platform.begin(machine(image));
  sessions.push(sessionId);
  return sessionId;
}

/** What the lecturer sees of the image and the learner of the session: the same reason, and something to do about it. */
async function bothFail(at: { imageId: string; sessionId: string }, code: string, timeoutMs = 60_000) {
  const [image, session] = await Promise.all([
    platform.imageIs(at.imageId, 'failed', timeoutMs),
    platform.reaches(at.sessionId, 'failed', timeoutMs),
  ]);
  expect(image.reason).toMatchObject({ code, text: expect.stringMatching(/\w/), advice: expect.stringMatching(/\w/) });
  expect(session.reason).toEqual({ ...image.reason, system: 'box' });
  expect((await platform.logOf(at.sessionId)).join('\n')).toContain(image.reason?.text);
  expect(await platform.unfinishedImports()).toEqual([]);
  expect(await platform.leftOf(at.sessionId)).toEqual([]);
}

/** The way forward, once the cause is gone: the lecturer imports it again, the learner tries again. */
async function goesOnAfterRetry({ imageId, sessionId }: { imageId: string; sessionId: string }) {
  await platform.labs.ask(RetryImage, { imageId }, platform.lecturer);
  await platform.imageIs(imageId, 'ready', 30_000);
  await platform.labs.ask(RetrySession, { sessionId }, platform.learner);
  await expect
    .poll(async () => (await platform.session(sessionId)).systems[0]?.stage, { timeout: 60_000 })
    .toMatch(/boot|ready/);
}

beforeAll(async () => {
  host = await ImageHost.start();
  platform = await Platform.start({ settings: { LAB_IMAGE_ALLOWED_HOSTS: '127.0.0.1' } });
}, 300_000);
afterEach(async () => {
  for (const sessionId of sessions.splice(0)) {
    await platform.end(sessionId);
    expect(await platform.leftOf(sessionId)).toEqual([]);
  }
}, 120_000);
afterAll(async () => {
  await platform?.stop();
  await host?.stop();
});

describe('an image that cannot be imported: image and session say why, and go on once it can', () => {
  it('whose checksum is wrong', async () => {
    const path = `/${randomUUID()}`;
    host.serve(path, Buffer.concat([disk, Buffer.from('changed')]));
    const started = await startWith({ url: host.url(path), sha256: sha256(disk) });
    await bothFail(started, 'image_checksum_mismatch');
    // Nobody fetches it again by itself: it would be as wrong.
    expect(host.requests.get(path)).toBe(1);
    host.serve(path, disk);
    await goesOnAfterRetry(started);
  });

  it('whose server stalls', { timeout: 240_000 }, async () => {
    const path = `/${randomUUID()}`;
    host.answer(path, (response) =>
      response.writeHead(200, { 'content-length': disk.length }).write(disk.subarray(0, 100)),
    );
    const started = await startWith({ url: host.url(path), sha256: sha256(disk) });
    const waiting = await platform.reaches(started.sessionId, 'provisioning');
    expect(waiting.reason).toBeUndefined();
    await bothFail(started, 'image_unreachable', 90_000);
    host.serve(path, disk);
    await goesOnAfterRetry(started);
  });

  it('that is not there', async () => {
    const path = `/${randomUUID()}`;
    const started = await startWith({ url: host.url(path), sha256: sha256(disk) });
    await bothFail(started, 'image_not_found');
    host.serve(path, disk);
    await goesOnAfterRetry(started);
  });

  it('of containers, whose registry hangs up: it is asked again at once when somebody asks', async () => {
    let asked = 0;
    const registry = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
    const { port } = registry.address() as AddressInfo;
    const { id: imageId } = await platform.labs.ask(
      CreateImageRequest,
      { name: 'no-such-container', container: `127.0.0.1:${port}/none:1` },
      platform.lecturer,
    );
    const { reason } = await platform.imageIs(imageId, 'failed');
    expect(reason).toMatchObject({ text: expect.stringMatching(/\w/), advice: expect.stringMatching(/\w/) });
    const before = asked;
    expect(before).toBeGreaterThan(0);
    await platform.labs.ask(RetryImage, { imageId }, platform.lecturer);
    await expect.poll(() => asked, { timeout: 15_000 }).toBeGreaterThan(before);
    await platform.imageIs(imageId, 'failed');
    registry.close();
  });

  it.each([
    ['this host, under a name', () => host.url('/inside', 'localhost')],
    ['the metadata of a cloud', () => 'https://169.254.169.254/latest/meta-data/'],
    ['a private network', () => 'https://10.0.0.1/disk'],
    ['a file', () => 'file:///etc/passwd'],
  ])('whose server redirects to %s', async (_, inside) => {
    const path = `/${randomUUID()}`;
    host.serve('/inside', disk);
    host.answer(path, (response) => response.writeHead(302, { location: inside() }).end());
    const started = await startWith({ url: host.url(path), sha256: sha256(disk) });
    await bothFail(started, 'image_address_refused');
    expect(host.requests.get('/inside')).toBeUndefined();
  });
});

describe('a full disk', () => {
  const isRoot = process.getuid?.() === 0;
  let small: string;
  beforeAll(() => {
    small = mkdtempSync(join(tmpdir(), 'lab-small-'));
    if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]);
  });
  afterAll(() => {
    if (isRoot) execFileSync('umount', ['--lazy', small]);
    rmSync(small, { recursive: true });
  });

  it('during an upload’s import: image and session say so, the room is given back, and more room helps', async ({
    skip,
  }) => {
    skip(!isRoot, 'only root mounts a small disk');
    const usual = platform;
    const full = await Platform.start({ dataDir: small, instance: 'fulldisk' });
    platform = full;
    try {
      // Nothing of it repeats, so that no format makes it smaller.
      const noise = Buffer.concat(
        Array.from({ length: 98_304 }, (_none, n) => createHash('sha512').update(String(n)).digest()),
      );
      const { lecturer, labs } = full;
      const name = 'large-disk';
      const { id: imageId } = await labs.ask(CreateImageRequest, { name, upload: true }, lecturer);
      const { key: blob } = await labs.blobs.put('LAB_UPLOADS', once(noise), { maxBytes: 2 ** 24 });
      await labs.ask(UploadImage, { imageId, blob, sha256: sha256(noise), sizeBytes: noise.length }, lecturer);
      const started = { imageId, sessionId: await begin(name) };
      await bothFail(started, 'disk_full');
      expect(freeBytes(small)).toBeGreaterThan(3.5 * 2 ** 20);
      execFileSync('mount', ['-o', 'remount,size=64m', small]);
      await goesOnAfterRetry(started);
    } finally {
      for (const sessionId of sessions.splice(0)) await full.end(sessionId);
      await full.stop();
      platform = usual;
    }
  }, 240_000);
});

async function* once(bytes: Buffer) {
  yield bytes;
}

const freeBytes = (folder: string) =>
  Number(execFileSync('df', ['--output=avail', '-B1', folder], { encoding: 'utf8' }).split('\n')[1]);
