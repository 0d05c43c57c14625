import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archiveOf } from '../containers/archive.js';
import { ContainerImages } from '../containers/container-images.js';
import { connectEngine } from '../engine/engine-client.js';
import { probeEngine } from '../engine/probe-engine.js';
import type { DriverContext } from '../systems/driver-context.js';
import { type VmLab, cacheDir, vmLab } from '../vm/testing/vm-lab.js';
import { type DiskImageOptions, type DiskImages, diskImages } from './disk-images.js';
import { publicHttpsOnly } from './import-limits.js';
import { ImageServer } from './testing/image-server.js';

const mib = 1024 ** 2;
let lab: VmLab;
let context: DriverContext;
let server: ImageServer;
let folder: string;
let images: DiskImages;
let raw: Buffer;
let qcow2: Buffer;

beforeAll(async () => {
  lab = await vmLab();
  folder = await mkdtemp(`${tmpdir()}/lab-disks-`);
  const facts = await probeEngine(lab.engineUrl);
  context = {
    engine: connectEngine(lab.engineUrl),
    facts,
    instance: 'disks',
    dataDir: folder,
    builtinImagesDir: cacheDir,
  };
  server = await ImageServer.start();
  raw = Buffer.concat([Buffer.alloc(mib, 'data'), Buffer.alloc(mib)]);
  await writeFile(`${folder}/disk.raw`, raw);
  qemuImg('convert', '-O', 'qcow2', `${folder}/disk.raw`, `${folder}/disk.qcow2`);
  qcow2 = await readFile(`${folder}/disk.qcow2`);
  images = store();
});
afterAll(async () => {
  await images.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  await lab.end();
});

const qemuImg = (...args: string[]) => execFileSync('qemu-img', args, { stdio: 'pipe', encoding: 'utf8' });

function store(changes: Partial<DiskImageOptions> = {}, dataDir = folder): DiskImages {
  const launcher = new ContainerImages(context);
  return diskImages(
    { ...context, dataDir },
    {
      launcherImage: () => launcher.ensureBuiltin('vm-launcher'),
      policy: { ...publicHttpsOnly, allowHttp: true, allowedHosts: ['127.0.0.1'] },
      limits: { virtualBytes: 64 * mib, unpackedBytes: 8 * mib, stallTimeoutMs: 2000 },
      openUpload: async (blob) =>
        blob === 'there' ? { stream: Readable.from([raw]), sizeBytes: raw.length } : undefined,
      ...changes,
    },
  );
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
function served(id: string, bytes: Buffer, sum = sha256(bytes)): ImageSpec {
  server.serve(`/${id}`, bytes);
  return { id, name: id, kind: 'disk', source: { kind: 'http', url: server.url(`/${id}`), sha256: sum } };
}

async function settled(image: ImageSpec, from = images): Promise<ImageObservation> {
  for (const deadline = Date.now() + 60_000; ; await delay(50)) {
    const seen = await from.ensure(image);
    if (seen.state !== 'importing' || Date.now() > deadline) return seen;
  }
}

const leftovers = async (dataDir = folder) =>
  (await readdir(`${dataDir}/images/disks`)).filter((name) => /^\.(import|lock|removed)/.test(name));

describe('an import', () => {
  it.each([
    ['raw', () => raw],
    ['qcow2', () => qcow2],
    ['raw-gz', () => gzipSync(raw)],
    ['qcow2-xz', () => execFileSync('xz', ['-c', `${folder}/disk.qcow2`])],
  ])('turns %s into a golden disk with the same content', async (id, bytes) => {
    const image = served(id, bytes());
    expect(await settled(image)).toEqual({ state: 'ready', percent: 100, sizeBytes: raw.length });
    const golden = await images.golden(image);
    expect(golden?.virtualBytes).toBe(raw.length);
    expect(qemuImg('info', '--output=json', golden?.path ?? '')).toContain('"format": "qcow2"');
    expect(qemuImg('compare', '-f', 'raw', '-F', 'qcow2', `${folder}/disk.raw`, golden?.path ?? '')).toContain(
      'identical',
    );
    // The lock is let go a moment after the image is published.
    await vi.waitFor(async () => expect(await leftovers()).toEqual([]), 5000);
  });

  it('takes an upload, and says so when it is gone', async () => {
    const upload = (id: string, blob: string): ImageSpec => ({
      id,
      name: id,
      kind: 'disk',
      source: { kind: 'upload', blob, sha256: sha256(raw) },
    });
    expect(await settled(upload('upload', 'there'))).toMatchObject({ state: 'ready' });
    expect(await settled(upload('lost', 'gone'))).toMatchObject({
      state: 'failed',
      reason: { code: 'image_not_found' },
    });
  });

  it('takes the one file below /disk of a container disk; a registry that is away is a reason', async () => {
    const file = { path: '/disk/disk.qcow2', content: qcow2, mode: 0o644, uid: 0, gid: 0 };
    await writeFile(`${folder}/image.tar`, await archiveOf([file], '/home'));
    const stream = await context.engine.importImage(`${folder}/image.tar`, {
      repo: 'localhost/container-disk',
      tag: 'latest',
    });
    await new Promise((done) => context.engine.modem.followProgress(stream, done));
    const from = (id: string, reference: string): ImageSpec => ({
      id,
      name: id,
      kind: 'disk',
      source: { kind: 'containerDisk', reference },
    });
    expect(await settled(from('container-disk', 'localhost/container-disk:latest'))).toMatchObject({
      state: 'ready',
      sizeBytes: raw.length,
    });
    expect(await settled(from('no-registry', 'localhost:1/none:latest'))).toMatchObject({
      state: 'failed',
      reason: { code: 'image_not_found' },
    });
  });
});

describe('a bad image', () => {
  const onto = (...args: string[]) => {
    qemuImg('create', '-q', '-f', 'qcow2', ...args);
    return readFile(`${folder}/bad.qcow2`);
  };
  it.each([
    ['backing', 'image_unsafe', () => onto('-b', '/etc/passwd', '-F', 'raw', `${folder}/bad.qcow2`, '1M')],
    ['data-file', 'image_unsafe', () => onto('-o', `data_file=${folder}/data.raw`, `${folder}/bad.qcow2`, '1M')],
    ['absurd', 'image_too_large', () => onto(`${folder}/bad.qcow2`, '1P')],
    ['bomb', 'image_too_large', async () => gzipSync(Buffer.alloc(9 * mib))],
    ['vmdk', 'image_unsupported', async () => Buffer.concat([Buffer.from('KDMV'), Buffer.alloc(mib)])],
    ['cut-gz', 'image_unsupported', async () => gzipSync(raw).subarray(0, 500)],
    ['cut-xz', 'image_unsupported', async () => execFileSync('xz', ['-c', `${folder}/disk.qcow2`]).subarray(0, 300)],
    ['cut-qcow2', 'image_unsafe', async () => qcow2.subarray(0, 60_000)],
  ])('(%s) is refused as %s and leaves nothing', async (id, code, bytes) => {
    const image = served(`bad-${id}`, await bytes());
    expect(await settled(image)).toMatchObject({ state: 'failed', reason: { code } });
    expect(await images.golden(image)).toBeUndefined();
    expect(await leftovers()).toEqual([]);
  });

  it('is not fetched again before its time, not even by another process', async () => {
    const image = served('wrong-sum', raw, '0'.repeat(64));
    expect(await settled(image)).toMatchObject({ state: 'failed', reason: { code: 'image_checksum_mismatch' } });
    expect(await store().ensure(image)).toMatchObject({ state: 'failed' });
    expect(server.requests.get('/wrong-sum')).toBe(1);
  });

  it('is fetched again when its source was corrected', async () => {
    await settled(served('corrected', raw, '0'.repeat(64)));
    expect(await settled(served('corrected', raw))).toMatchObject({ state: 'ready' });
  });
});

describe('many at once', () => {
  it('share one download, also among processes, and none is left over', async () => {
    const image = served('shared', raw);
    const others = [images, store(), store(), store(), store()];
    const seen = await Promise.all(Array.from({ length: 50 }, (_none, n) => others[n % 5]?.ensure(image)));
    expect(seen.every((one) => one?.state === 'importing' || one?.state === 'ready')).toBe(true);
    expect(await settled(image, others[3])).toMatchObject({ state: 'ready' });
    expect(server.requests.get('/shared')).toBe(1);
  });

  it('go on after the importing process died', async () => {
    const root = `${folder}/images/disks`;
    await mkdir(`${root}/.import-orphan/out`, { recursive: true });
    await writeFile(`${root}/.import-orphan/source`, 'half of it');
    await mkdir(`${root}/.lock-orphan`);
    await utimes(`${root}/.lock-orphan`, new Date(0), new Date(0));
    expect(await settled(served('orphan', raw))).toMatchObject({ state: 'ready' });
    await vi.waitFor(async () => expect(await leftovers()).toEqual([]), 5000);
  });

  it('wait for a process that still imports', async () => {
    await mkdir(`${folder}/images/disks/.lock-busy`, { recursive: true });
    const image = served('busy', raw);
    expect(await images.ensure(image)).toMatchObject({ state: 'importing' });
    await delay(300);
    expect(await images.ensure(image)).toMatchObject({ state: 'importing' });
    expect(server.requests.get('/busy')).toBeUndefined();
    await rm(`${folder}/images/disks/.lock-busy`, { recursive: true });
    expect(await settled(image)).toMatchObject({ state: 'ready' });
  });
});

it('are listed and removed', async () => {
  expect(await settled(served('doomed', raw))).toMatchObject({ state: 'ready' });
  expect(await images.ids()).toContain('doomed');
  await images.remove('doomed');
  expect(await images.ids()).not.toContain('doomed');
});

it('says when the disk is full, and gives the room back', async ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root mounts a small disk');
  const small = await mkdtemp(`${folder}/small-`);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]);
  const full = store({}, small);
  try {
    const noise = Buffer.concat(
      Array.from({ length: 4 * 1024 }, (_none, n) => createHash('sha512').update(String(n)).digest()).flatMap((part) =>
        Array(16).fill(part),
      ),
    );
    expect(await settled(served('too-big', noise), full)).toMatchObject({
      state: 'failed',
      reason: { code: 'disk_full' },
    });
    const fitsOnce = noise.subarray(0, 2 * mib);
    expect(await settled(served('twice-too-big', fitsOnce), full)).toMatchObject({
      state: 'failed',
      reason: { code: 'disk_full' },
    });
    expect(await leftovers(small)).toEqual([]);
    expect(await full.ids()).toEqual([]);
  } finally {
    await full.close();
    execFileSync('umount', [small]);
  }
});
