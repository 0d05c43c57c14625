import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer, json as parsedBody } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImageObservation } from '@lab-orchestrator/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cluster } from '../client/cluster.js';
import { type StandInApi, json, standInApi } from '../testing/stand-in-api.js';
import { diskImage } from '../testing/vm-system.js';
import { type ClusterImages, createImages } from './cluster-images.js';
import type { ImageOptions } from './image-options.js';

/** What the test cluster's CDI is not: old, absent, or with an upload proxy. Stood in for at the API, and said so. */
const KubeBody = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ source: z.record(z.string(), z.record(z.string(), z.unknown())).optional() }).optional(),
});
type Body = z.infer<typeof KubeBody>;
type Peculiarity = { dropsChecksums?: boolean; absent?: boolean; phase?: string; tokens?: string };

let api: StandInApi;
let images: ClusterImages;
afterEach(async () => {
  await images.close();
  await api.close();
});

async function cdi(peculiar: Peculiarity, options: Partial<ImageOptions> = {}) {
  const held = new Map<string, Body>();
  api = await standInApi((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? '', 'http://stand-in').pathname;
      const notFound = () => json(response, { kind: 'Status', reason: 'NotFound', message: 'not found' }, 404);
      if (peculiar.absent && path.includes('cdi.kubevirt.io')) return notFound();
      if (request.method === 'GET') return held.has(path) ? json(response, held.get(path) ?? {}) : notFound();
      if (request.method === 'DELETE') return json(response, held.delete(path) ? {} : {});
      const body = KubeBody.parse(await parsedBody(request));
      if (peculiar.dropsChecksums) delete body.spec?.source?.['http']?.['checksum'];
      if (body.kind === 'UploadTokenRequest')
        return json(response, { ...body, status: { token: peculiar.tokens } }, 201);
      const status = { phase: peculiar.phase };
      const dryRun = request.query.get('dryRun') === 'All';
      const at = request.method === 'POST' ? `${path}/${body.metadata.name}` : path;
      if (!dryRun)
        held.set(at, { ...body, metadata: { ...body.metadata, uid: randomBytes(4).toString('hex') }, status });
      json(response, body, 201);
    })();
  });
  images = createImages(new Cluster({ config: api.config }), {
    instance: 'lab',
    imageReference: () => 'none',
    builtinDisks: {},
    looksFirst: false,
    dns: { namespace: 'kube-system', podLabels: {} },
    ...options,
  });
  return held;
}

const http = diskImage('web', { kind: 'http', url: 'https://images.test/disk', sha256: 'a'.repeat(64) });

describe('a CDI that knows no checksums', () => {
  it('is given nothing to import', async () => {
    const held = await cdi({ dropsChecksums: true });
    const seen = await images.ensure(http);
    expect(seen).toMatchObject({
      state: 'failed',
      reason: { code: 'image_unsupported', text: expect.stringMatching(/1\.65/) },
    });
    expect([...held.keys()].filter((path) => path.includes('/datavolumes/'))).toEqual([]);
    expect(await images.ensure(http)).toEqual(seen);
  });
});

describe('a cluster without CDI', () => {
  it('holds no golden images and cannot import any', async () => {
    await cdi({ absent: true });
    expect(await images.ids()).toEqual([]);
    await images.remove('web');
    await expect(images.ensure(http)).rejects.toMatchObject({ code: 'unsupported', retryable: false });
  });
});

describe('addresses that are refused before anything is asked of the cluster', () => {
  it.each([
    'http://images.test/disk',
    'https://10.0.0.1/disk',
    'https://[fd00::1]/disk',
    'https://169.254.169.254/disk',
    'https://user:pass@images.test/disk',
  ])('%s', async (url) => {
    const held = await cdi({});
    const seen = await images.ensure(diskImage('bad', { kind: 'http', url, sha256: 'a'.repeat(64) }));
    expect(seen).toMatchObject({ state: 'failed', reason: { code: 'image_address_refused' } });
    expect([...held.keys()].filter((path) => path.includes('/datavolumes/'))).toEqual([]);
  });
});

describe('an uploaded disk', () => {
  const bytes = randomBytes(200_000);
  const upload = (sha256: string) => diskImage('mine', { kind: 'upload', blob: 'blob-1', sha256 });
  const openUpload = (blob: string) =>
    Promise.resolve(blob === 'blob-1' ? { stream: Readable.from([bytes]), sizeBytes: bytes.length } : undefined);

  async function sent(image: ReturnType<typeof upload>, answer: number) {
    const taken: { token?: string; bytes: Buffer }[] = [];
    const proxy = await standInApi((request, response) => {
      void (async () => {
        const body = await buffer(request).catch(() => undefined);
        if (!body) return;
        taken.push({ token: request.headers.authorization, bytes: body });
        response.writeHead(answer).end();
      })();
    });
    const url = proxy.config.getCurrentCluster()?.server ?? '';
    const held = await cdi({ phase: 'UploadReady', tokens: 'secret' }, { openUpload, uploadProxy: { url } });
    const seen: ImageObservation[] = [];
    for (let n = 0; n < 40 && seen.at(-1)?.state !== 'failed' && taken.length === 0; n += 1) {
      seen.push(await images.ensure(image));
      await delay(50);
    }
    await images.close();
    await proxy.close();
    return { taken, last: await images.ensure(image), held };
  }

  it('is sent to CDI when it is ready for it, with a token of its own', async () => {
    const { taken } = await sent(upload(createHash('sha256').update(bytes).digest('hex')), 200);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.token).toBe('Bearer secret');
    expect(taken[0]?.bytes.equals(bytes)).toBe(true);
  });

  it('that is not the announced one never arrives', async () => {
    const { taken, last, held } = await sent(upload('b'.repeat(64)), 200);
    expect(taken).toEqual([]);
    expect(last).toMatchObject({ state: 'failed', reason: { code: 'image_checksum_mismatch' } });
    expect([...held.keys()].filter((path) => path.includes('/datavolumes/'))).toEqual([]);
  });

  it('that is gone is told', async () => {
    await cdi({}, { openUpload });
    const gone = diskImage('gone', { kind: 'upload', blob: 'blob-2', sha256: 'a'.repeat(64) });
    expect(await images.ensure(gone)).toMatchObject({ state: 'failed', reason: { code: 'image_not_found' } });
  });
});
