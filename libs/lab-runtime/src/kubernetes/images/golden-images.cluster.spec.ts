import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';
import { dataVolume, forgeDataVolumes } from '../forge/vm/data-volumes.js';
import { label } from '../labels.js';
import { imageNamespaceOf } from '../names.js';
import { DiskServer } from '../testing/disk-server.js';
import { describeOnCluster, removeNamespaces, testImages, uniqueInstance } from '../testing/test-cluster.js';
import { diskImage } from '../testing/vm-system.js';
import { type ClusterImages, createImages } from './cluster-images.js';
import type { ImageOptions } from './image-options.js';

const MiB = 2 ** 20;
const run = promisify(execFile);

/** A real qcow2 with some bytes in it. */
async function qcow2(virtualMiB: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'disk-'));
  try {
    const file = join(folder, 'disk.qcow2');
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', file, `${virtualMiB}M`]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describeOnCluster('golden images of a cluster', (cluster) => {
  const instance = uniqueInstance('g');
  const namespace = imageNamespaceOf(instance);
  const session = `${instance}-session`;
  let server: DiskServer;
  let images: ClusterImages;

  const make = (change: Partial<ImageOptions> = {}) =>
    createImages(cluster(), {
      instance,
      imageReference: () => testImages.busybox,
      builtinDisks: { 'small-vm': testImages.tinyVm },
      // The test's web server is beside the cluster.
      policy: { allowHttp: true, allowPrivate: true, allowedHosts: [] },
      dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } },
      ...change,
    });
  const settled = async (image: ImageSpec, from = images): Promise<ImageObservation> => {
    for (;;) {
      const seen = await from.ensure(image);
      if (seen.state === 'ready' || seen.state === 'failed') return seen;
      await delay(500);
    }
  };
  const volume = (id: string) => cluster().read({ kind: kinds.dataVolume, namespace, name: id });
  const http = (id: string, source: { url: string; sha256: string }) => diskImage(id, { kind: 'http', ...source });

  beforeAll(async () => {
    server = await DiskServer.start();
    images = make();
  });
  afterAll(async () => {
    await images.close();
    await server.stop();
    await removeNamespaces(cluster(), [namespace, session]);
  });

  it('imports a disk once, however many ask, in a volume of its size', { timeout: 120_000 }, async () => {
    const image = http('qcow2', server.serve('/disk.qcow2', await qcow2(40)));
    const others = [make(), make()];
    const seen = await Promise.all([images, ...others].map((one) => settled(image, one)));
    expect(seen).toEqual(seen.map(() => ({ state: 'ready', percent: 100, sizeBytes: 40 * MiB })));
    expect(await images.ids()).toEqual(['qcow2']);
    expect(await volume('qcow2')).toMatchObject({ status: { phase: 'Succeeded' } });
  });

  it('refuses what is not there, is no disk, or is not what was announced', { timeout: 180_000 }, async () => {
    const page = server.serve('/page.html', Buffer.from('<!DOCTYPE html>'.padEnd(4096)));
    const disk = server.serve('/disk.raw', Buffer.alloc(2 * MiB, 5));
    const cases: [ImageSpec, string][] = [
      [http('missing', { ...disk, url: server.url('/missing') }), 'image_not_found'],
      [http('page', page), 'image_unsupported'],
      [http('other', { ...disk, sha256: 'f'.repeat(64) }), 'image_checksum_mismatch'],
      [http('broken', { ...disk, url: server.url('/broken') }), 'image_unreachable'],
    ];
    await Promise.all(
      cases.map(async ([image, code]) => {
        expect(await settled(image)).toMatchObject({ state: 'failed', reason: { code } });
        // Told again without another try, also by another process, and CDI does not go on.
        expect(await make().ensure(image)).toMatchObject({ state: 'failed', reason: { code } });
        while (await volume(image.id)) await delay(300);
      }),
    );
  });

  it('hears of failures from the importer, too', { timeout: 180_000 }, async () => {
    const blind = make({ looksFirst: false });
    const seen = await settled(http('unseen', { url: server.url('/unseen'), sha256: 'a'.repeat(64) }), blind);
    expect(seen).toMatchObject({
      state: 'failed',
      reason: { code: 'image_not_found', text: expect.stringMatching(/404/) },
    });
  });

  it('gives up a source that stops sending', { timeout: 120_000 }, async () => {
    const impatient = make({ limits: { stallTimeoutMs: 15_000 } });
    const image = http('stalls', server.serve('/stalls.raw', Buffer.alloc(3 * MiB, 1)));
    expect(await settled(image, impatient)).toMatchObject({ state: 'failed', reason: { code: 'image_unreachable' } });
  });

  it('replaces a volume that is too small', { timeout: 180_000 }, async () => {
    const small = make({ limits: { firstBytes: 8 * MiB } });
    const image = http('packed', server.serve('/disk.gz', gzipSync(Buffer.alloc(24 * MiB, 3))));
    const seen = await settled(image, small);
    expect(seen).toMatchObject({ state: 'ready' });
    expect(seen.sizeBytes).toBeGreaterThanOrEqual(24 * MiB);
    expect(seen.sizeBytes).toBeLessThan(64 * MiB);
  });

  it('lets importers reach nothing private', { timeout: 120_000 }, async () => {
    const strict = uniqueInstance('s');
    const disk = server.serve('/private.raw', Buffer.alloc(MiB, 9));
    // Told not to look itself, so that the policy alone stands between the importer and the canary.
    const options: Partial<ImageOptions> = {
      instance: strict,
      looksFirst: false,
      limits: { stallTimeoutMs: 25_000 },
      policy: { allowHttp: true, allowPrivate: false, allowedHosts: [new URL(disk.url).hostname] },
    };
    try {
      expect(await settled(http('private', disk), make(options))).toMatchObject({ state: 'failed' });
      expect(server.asked.get('/private.raw') ?? 0).toBe(0);
    } finally {
      await removeNamespaces(cluster(), [imageNamespaceOf(strict)]);
    }
  });

  it('imports out of a registry, and mounts disks in containers without any import', { timeout: 180_000 }, async () => {
    const seen = await settled(diskImage('tiny', { kind: 'registry', reference: testImages.tinyVm }));
    expect(seen).toMatchObject({ state: 'ready' });
    const direct = diskImage('direct', { kind: 'builtin', name: 'small-vm' });
    expect(await images.ensure(direct)).toEqual({ state: 'ready' });
    const disk = { kind: 'image', name: 'root', bus: 'virtio', persistent: false, image: direct } as const;
    const origin = await images.origins({ disks: [disk] });
    expect(origin(disk)).toEqual({ from: 'containerDisk', reference: testImages.tinyVm });
  });

  it('asks for the import of a disk that is to last, and says when it is there', { timeout: 180_000 }, async () => {
    const image = diskImage('lasting', { kind: 'containerDisk', reference: testImages.tinyVm });
    const disk = { kind: 'image', name: 'root', bus: 'virtio', persistent: true, image } as const;
    await expect(images.origins({ disks: [disk] })).rejects.toMatchObject({ code: 'image_missing', retryable: true });
    for (;;) {
      const origin = await images.origins({ disks: [disk] }).catch(() => undefined);
      if (origin) return expect(origin(disk)).toMatchObject({ from: 'golden', namespace, name: 'lasting' });
      await delay(500);
    }
  });

  it('is cloned into sessions, and stays while it is', { timeout: 180_000 }, async () => {
    const image = http('source', server.serve('/source.raw', Buffer.alloc(4 * MiB, 4)));
    const seen = await settled(image);
    await cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: session } });
    const labels = { [label.instance]: instance };
    const golden = { namespace, name: 'source' };
    const source = { kind: 'clone', claim: 'copy', golden, sizeBytes: seen.sizeBytes ?? 0 } as const;
    const [clone] = forgeDataVolumes({ namespace: session, labels }, [
      { name: 'root', bus: 'virtio', cdrom: false, source },
    ]);
    // One that waits for a source that is not there keeps the image it waits for.
    const waiting = dataVolume(
      { namespace: session, labels: { ...labels, 'lab-orchestrator.dev/image': 'source' } },
      'waits',
      4 * MiB,
      {
        source: { pvc: { namespace, name: 'never' } },
      },
    );
    if (!clone) throw new Error('No clone was forged.');
    await cluster().create(waiting);
    await cluster().create(clone);
    await expect(images.remove('source')).rejects.toMatchObject({ code: 'invalid_spec', retryable: true });
    await cluster().remove({ kind: kinds.dataVolume, namespace: session, name: 'waits' });
    await finished(cluster(), session, 'copy');
    await images.remove('source');
    while (await volume('source')) await delay(300);
    expect(await images.ids()).not.toContain('source');
    expect(await cluster().read({ kind: kinds.dataVolume, namespace: session, name: 'copy' })).toMatchObject({
      status: { phase: 'Succeeded' },
    });
  });
});

async function finished(cluster: Cluster, namespace: string, name: string): Promise<void> {
  for (;;) {
    const seen = await cluster.read({ kind: kinds.dataVolume, namespace, name });
    if (seen?.status?.phase === 'Succeeded') return;
    await delay(300);
  }
}
