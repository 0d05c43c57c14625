import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import { ImageRefusal, toRefusal } from '../../local/images/image-refusal.js';
import { retryWaitMs } from '../../local/images/retry-wait.js';
import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';
import { claimIsThere, imageLabel } from '../forge/vm/data-volumes.js';
import { selectorOf } from '../labels.js';
import { imageNamespaceOf } from '../names.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import { goldenSource, goldenVolume } from './golden-objects.js';
import { type GoldenRecord, recordOf, sourceDigest } from './golden-record.js';
import { imageNamespace } from './image-namespace.js';
import { defaultGoldenLimits, type GoldenLimits, type ImageOptions } from './image-options.js';
import { type ImportStep, nextImportStep, volumeBytes } from './import-step.js';
import { ProgressClock } from './progress-clock.js';
import type { SourceHead } from './source-head.js';
import type { Uploads } from './uploads.js';

export type GoldenParts = { cluster: Cluster; options: ImageOptions; heads: SourceHead; uploads: Uploads };

/** What is ready stays so; asking again and again would cost a call each time. */
const readyForMs = 10_000;

/**
 * Golden disks: imported once by CDI into the image namespace, cloned by sessions. Each call looks, does the one next
 * step, and tells how far it is; any number of processes may do so at the same time.
 */
export class GoldenImages {
  private readonly limits: GoldenLimits;
  private readonly clock = new ProgressClock();
  private readonly ready = new Map<string, { sizeBytes: number; untilMs: number }>();
  private place: Promise<void> | undefined;

  constructor(private readonly parts: GoldenParts) {
    this.limits = { ...defaultGoldenLimits, ...parts.options.limits };
  }

  get namespace(): string {
    return imageNamespaceOf(this.parts.options.instance);
  }

  async ensure(image: ImageSpec): Promise<ImageObservation> {
    const known = this.ready.get(image.id);
    if (known && known.untilMs > Date.now()) return { state: 'ready', percent: 100, sizeBytes: known.sizeBytes };
    const [volume, record] = await Promise.all([this.volume(image.id), this.record(image)]);
    const nowMs = Date.now();
    const { progress, phase, restartCount } = volume?.status ?? {};
    const unchangedSinceMs = this.clock.since(
      image.id,
      `${volume?.metadata.uid} ${phase} ${progress} ${restartCount}`,
      nowMs,
    );
    const step = nextImportStep({ record, volume, unchangedSinceMs, limits: this.limits, nowMs });
    return this.take(step, image, volume, record);
  }

  async ids(): Promise<string[]> {
    const labelSelector = `${selectorOf(this.parts.options.instance)},${imageLabel}`;
    const { cluster } = this.parts;
    const sources = await unlessWithoutCdi(
      cluster.list(kinds.dataSource, { namespace: this.namespace, labelSelector }),
    );
    return sources.map(({ metadata }) => metadata.name ?? '');
  }

  /** Removes the disk. Clones of it stand alone once they are made; one that is under way keeps it. */
  async remove(id: string): Promise<void> {
    const { cluster } = this.parts;
    const labelSelector = `${selectorOf(this.parts.options.instance)},${imageLabel}=${id}`;
    const clones = await unlessWithoutCdi(cluster.list(kinds.dataVolume, { labelSelector }));
    const unfinished = clones.filter(
      ({ metadata, status }) => metadata.namespace !== this.namespace && status?.phase !== 'Succeeded',
    );
    if (unfinished.length > 0) {
      throw new RuntimeError('invalid_spec', `The image ${id} is being copied for a session.`, true);
    }
    this.ready.delete(id);
    this.clock.forget(id);
    await cluster.remove({ kind: kinds.dataSource, namespace: this.namespace, name: id });
    await cluster.remove({ kind: kinds.dataVolume, namespace: this.namespace, name: id });
  }

  private async take(
    step: ImportStep,
    image: ImageSpec,
    volume: DataVolume | undefined,
    record: GoldenRecord | undefined,
  ): Promise<ImageObservation> {
    switch (step.do) {
      case 'nothing':
        return this.tell(step, image, record);
      case 'start':
        return this.start(image, record);
      case 'upload':
        this.parts.uploads.begin(image, (refusal) => this.giveUp(image, record, volume, refusal));
        return { state: 'importing' };
      case 'grow':
        await this.remember(image, { ...record, source: sourceDigest(image), sizeBytes: step.sizeBytes });
        await this.discard(volume);
        return { state: 'importing' };
      case 'giveUp': {
        const { reason, attempts, retryAtMs } = step;
        await this.remember(image, {
          ...record,
          source: sourceDigest(image),
          failure: { reason, attempts, retryAtMs },
        });
        await this.discard(volume);
        return { state: 'failed', reason };
      }
    }
  }

  private async tell(
    step: Extract<ImportStep, { do: 'nothing' }>,
    image: ImageSpec,
    record: GoldenRecord | undefined,
  ): Promise<ImageObservation> {
    switch (step.told) {
      case 'failed':
        return { state: 'failed', reason: step.reason };
      case 'importing':
        return { state: 'importing', percent: step.percent };
      case 'ready': {
        const { sizeBytes } = step;
        // The process that began may have ended before it wrote this.
        if (!record || record.failure) await this.remember(image, { source: sourceDigest(image), sizeBytes });
        this.ready.set(image.id, { sizeBytes, untilMs: Date.now() + readyForMs });
        return { state: 'ready', percent: 100, sizeBytes };
      }
    }
  }

  private async start(image: ImageSpec, record: GoldenRecord | undefined): Promise<ImageObservation> {
    const { cluster, options, heads } = this.parts;
    try {
      await this.ensurePlace();
      const toldBytes = record?.sizeBytes ?? (await heads.sizeOf(image, this.limits));
      const sizeBytes = volumeBytes(toldBytes ?? this.limits.firstBytes);
      const volume = goldenVolume(options, image, sizeBytes);
      await this.requireChecksum(volume);
      await this.remember(image, { ...record, source: sourceDigest(image), sizeBytes });
      await cluster.create(volume);
    } catch (error) {
      if (hasStatus(error, 409) || claimIsThere(error)) return { state: 'importing' };
      if (hasStatus(error, 404)) throw withoutCdi(error);
      if (!(error instanceof ImageRefusal)) throw error;
      await this.giveUp(image, record, undefined, error);
      return { state: 'failed', reason: error.reason };
    }
    return { state: 'importing' };
  }

  private async giveUp(
    image: ImageSpec,
    record: GoldenRecord | undefined,
    volume: DataVolume | undefined,
    error: unknown,
  ): Promise<void> {
    const { reason, final } = toRefusal(error);
    const attempts = (record?.failure?.attempts ?? 0) + 1;
    const failure = { reason, attempts, retryAtMs: Date.now() + retryWaitMs(attempts, final) };
    await this.remember(image, { ...record, source: sourceDigest(image), failure });
    await this.discard(volume);
  }

  /**
   * CDI before 1.65 knows no checksums and drops the field without a word. A dry run shows whether this one keeps it:
   * what nobody would check is not imported.
   */
  private async requireChecksum(volume: DataVolume): Promise<void> {
    const wanted = volume.spec.source?.http?.checksum;
    if (wanted === undefined) return;
    const tried = await this.parts.cluster.create(volume, { dryRun: true });
    if (tried.spec.source?.http?.checksum === wanted) return;
    const text =
      'The CDI of this cluster does not check checksums (it takes 1.65 or newer); the image is not imported.';
    throw new ImageRefusal('image_unsupported', text);
  }

  private ensurePlace(): Promise<void> {
    this.place ??= this.makePlace().catch((error: unknown) => {
      this.place = undefined;
      throw error;
    });
    return this.place;
  }

  /** In order: nothing is imported before its policies are there. */
  private async makePlace(): Promise<void> {
    for (const object of imageNamespace(this.parts.options)) await this.parts.cluster.apply(object);
  }

  private async remember(image: ImageSpec, record: GoldenRecord): Promise<void> {
    await this.ensurePlace();
    await this.parts.cluster.apply(goldenSource(this.parts.options, image.id, record));
  }

  private async discard(volume: DataVolume | undefined): Promise<void> {
    if (!volume) return;
    const { name = '', uid } = volume.metadata;
    this.clock.forget(name);
    const ref = { kind: kinds.dataVolume, namespace: this.namespace, name };
    await this.parts.cluster.remove(ref, { preconditions: { uid } }).catch((error: unknown) => {
      // Another process has replaced it already.
      if (!hasStatus(error, 409)) throw error;
    });
  }

  private volume(id: string): Promise<DataVolume | undefined> {
    return this.parts.cluster.read({ kind: kinds.dataVolume, namespace: this.namespace, name: id });
  }

  private async record(image: ImageSpec): Promise<GoldenRecord | undefined> {
    const ref = { kind: kinds.dataSource, namespace: this.namespace, name: image.id };
    return recordOf(await this.parts.cluster.read(ref), image);
  }
}

const withoutCdi = (cause: unknown) =>
  new RuntimeError('unsupported', 'Disks cannot be imported: this cluster has no CDI.', false, { cause });

/** A cluster that does not know the kind holds nothing of it. */
async function unlessWithoutCdi<T>(listed: Promise<T[]>): Promise<T[]> {
  try {
    return await listed;
  } catch (error) {
    if (hasStatus(error, 404)) return [];
    throw error;
  }
}
