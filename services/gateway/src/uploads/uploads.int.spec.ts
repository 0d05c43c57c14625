import { createHash, randomBytes } from 'node:crypto';
import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { GetImage, GetLabArchive, GetLabFile, ImportLab, UploadImage } from '@lab-orchestrator/contracts';
import { Blobs } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';
import { image, lab } from '../testing/samples.fixture.js';
import { standIn, type StandIn } from '../testing/stand-in.fixture.js';

const maxBytes = 300_000;
let auth: RunningAuthService;
let gateway: RunningGateway;
let peer: StandIn;
let token: string;
beforeAll(async () => {
  auth = await runAuthService();
  gateway = await runGateway({
    LAB_NATS_URL: auth.nats.url,
    LAB_ARCHIVE_MAX_BYTES: String(maxBytes),
    LAB_IMAGE_MAX_BYTES: '3000000',
  });
  // In place of lab-service, over the real broker.
  peer = await standIn(auth.nats.url);
  peer.answer(ImportLab, { lab, version: 1, created: true, warnings: [] });
  peer.answer(GetImage, image);
  peer.answer(UploadImage, image);
  token = (await auth.signIn('admin', auth.adminPassword)).accessToken;
});
afterAll(async () => {
  await peer.stop();
  await gateway.stop();
  await auth.stop();
});

async function upload(path: string, bytes: Uint8Array<ArrayBuffer>, field = 'archive') {
  const form = new FormData();
  form.set(field, new Blob([bytes]), '../../evil.zip');
  const answer = await fetch(`${gateway.url}/api/v1${path}`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: await answer.json() };
}
async function bytesOf(stream: ReadableStream<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('uploads', () => {
  it('reach the service as a key, and the bytes as they were', async () => {
    const bytes = randomBytes(250_000);
    expect(await upload('/labs', bytes)).toMatchObject({ status: 201, body: { created: true } });
    const { archive } = Object(peer.received.at(-1)?.body);
    expect(archive).toMatch(/^[\w-]{36}$/);
    const stored = await bytesOf(await gateway.service.app.get(Blobs).get('LAB_UPLOADS', archive));
    expect(stored.equals(bytes)).toBe(true);
  });

  it('may be larger for images, and carry their checksum', async () => {
    const bytes = randomBytes(2_000_000);
    expect(await upload('/images/debian/upload', bytes, 'disk')).toMatchObject({ status: 200 });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(peer.received.at(-1)?.body).toMatchObject({ imageId: 'debian', sizeBytes: bytes.length, sha256 });
  });

  it('that are too large are 413 and reach nobody', async () => {
    const before = peer.received.length;
    expect(await upload('/labs', randomBytes(maxBytes + 1))).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
    expect(peer.received.length).toBe(before);
  });

  it('for an image that is not there are refused', async () => {
    peer.refuse(GetImage, 404, 'image_not_found');
    expect(await upload('/images/other/upload', randomBytes(10))).toMatchObject({
      status: 404,
      body: { code: 'image_not_found' },
    });
    peer.answer(GetImage, image);
  });

  it('without a file are 400', async () => {
    const form = new FormData();
    form.set('archive', 'text');
    const answer = await fetch(`${gateway.url}/api/v1/labs`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(400);
    expect(await gateway.call('POST', '/images/debian/upload', { token, body: {} })).toMatchObject({ status: 400 });
  });

  it('are no body for other calls', async () => {
    expect(await upload('/sessions', randomBytes(10))).toMatchObject({ status: 415 });
  });

  it('may be a repository instead', async () => {
    const git = { url: 'https://git.example.org/labs.git' };
    expect(await gateway.call('POST', '/labs', { token, body: { git } })).toMatchObject({ status: 201 });
    expect(peer.received.at(-1)?.body).toEqual({ git: { ...git, ref: 'HEAD', path: '' }, expected: {} });
  });
});

describe('an import on a condition', () => {
  const git = { url: 'https://git.example.org/labs.git' };
  const digest = 'c0'.repeat(32);
  const post = (headers: Record<string, string>) => gateway.call('POST', '/labs', { token, body: { git }, headers });

  it.each<[string, Record<string, string>, unknown]>([
    ['the version that was edited', { 'if-match': `"${digest}"` }, { digest }],
    ['no lab of this id', { 'if-none-match': '*' }, { absent: true }],
    ['any lab', { 'if-match': '*' }, {}],
  ])('names %s', async (_, headers, expected) => {
    expect(await post(headers)).toMatchObject({ status: 201 });
    expect(peer.received.at(-1)?.body).toMatchObject({ expected });
  });

  it('tells that the lab has moved on', async () => {
    peer.refuse(ImportLab, 412, 'version_conflict');
    expect(await post({ 'if-match': `"${digest}"` })).toMatchObject({
      status: 412,
      body: { code: 'version_conflict' },
    });
    peer.answer(ImportLab, { lab, version: 1, created: true, warnings: [] });
  });

  it.each<[Record<string, string>, number, string]>([
    [{ 'if-match': '"7"' }, 412, 'precondition_failed'],
    [{ 'if-match': `W/"${digest}"` }, 412, 'precondition_failed'],
    [{ 'if-none-match': `"${digest}"` }, 400, 'invalid_request'],
  ])('with %j is refused before it reaches anybody', async (headers, status, code) => {
    const before = peer.received.length;
    expect(await post(headers)).toMatchObject({ status, body: { code } });
    expect(peer.received.length).toBe(before);
  });
});

describe('the archive of a lab', () => {
  it('comes whole, under a name, and is kept nowhere', async () => {
    const zip = randomBytes(200_000);
    const blobs = gateway.service.app.get(Blobs);
    const { key } = await blobs.put('LAB_UPLOADS', ReadableStream.from([zip]), { maxBytes: zip.length });
    const digest = 'ab'.repeat(32);
    peer.answer(GetLabArchive, { blob: key, sizeBytes: zip.length, digest, slug: lab.slug });
    const answer = await fetch(`${gateway.url}/api/v1/labs/${lab.id}/versions/3/archive`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(zip)).toBe(true);
    expect(peer.received.at(-1)?.body).toEqual({ labId: lab.id, version: 3 });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="first-steps-v3.zip"',
      'cache-control': 'private, no-store',
      etag: `"${digest}"`,
    });
    await expect.poll(() => blobs.has('LAB_UPLOADS', key)).toBe(false);
  });
});

describe('files of labs', () => {
  it('come with the type the service has decided, and may run nothing', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const { key, sha256 } = await gateway.service.app.get(Blobs).put(
      'LAB_FILES',
      (async function* one() {
        yield svg;
      })(),
      { maxBytes: 1_000 },
    );
    peer.answer(GetLabFile, { blob: key, mediaType: 'image/svg+xml', sizeBytes: svg.length, sha256 });
    const answer = await fetch(`${gateway.url}/api/v1/labs/${lab.id}/versions/3/files/img/deep/a.svg`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await answer.text()).toBe(svg.toString());
    expect(peer.received.at(-1)?.body).toEqual({ labId: lab.id, version: 3, path: 'img/deep/a.svg' });
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
