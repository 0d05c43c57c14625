import { mkdir } from 'node:fs/promises';
import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import { builtinDisk } from './builtin-disk.js';
import type { DiskImages, GoldenDisk } from './disk-images.js';
import { importDisk, type ImportParts } from './import-disk.js';
import type { Failure } from './image-folder.js';
import { toRefusal } from './image-refusal.js';
import { lockImport } from './import-lock.js';
import { imagesInUse } from './images-in-use.js';
import { retryWaitMs } from './retry-wait.js';

export type StoreParts = ImportParts & { sessionsDir: string; builtinImagesDir: string };
type Running = { abort: AbortController; done: Promise<void> };

export class DiskImageStore implements DiskImages {
  private readonly running = new Map<string, Running>();
  private readonly failures = new Map<string, Failure>();

  constructor(private readonly parts: StoreParts) {}

  async ensure(image: ImageSpec): Promise<ImageObservation> {
    if (image.source.kind === 'builtin') return (await this.builtin(image.source.name)).observation;
    const { folder } = this.parts;
    const golden = await folder.golden(image.id);
    if (golden) return { state: 'ready', percent: 100, sizeBytes: golden.virtualBytes };
    if (!this.running.has(image.id)) {
      const failure = await this.lastFailure(image);
      if (failure && failure.retryAtMs > Date.now()) return { state: 'failed', reason: failure.reason };
      this.start(image);
    }
    return { state: 'importing', percent: await folder.progress(image.id) };
  }

  async golden(image: ImageSpec): Promise<GoldenDisk | undefined> {
    if (image.source.kind === 'builtin') {
      const { path, observation } = await this.builtin(image.source.name);
      return path ? { path, virtualBytes: observation.sizeBytes } : undefined;
    }
    const golden = await this.parts.folder.golden(image.id);
    return golden && { path: this.parts.folder.disk(image.id), virtualBytes: golden.virtualBytes };
  }

  ids(): Promise<string[]> {
    return this.parts.folder.ids();
  }

  async remove(id: string): Promise<void> {
    const used = await imagesInUse(this.parts.sessionsDir);
    if (used.has(this.parts.folder.disk(id))) {
      throw new RuntimeError('invalid_spec', `The image ${id} is in use by a session.`, true);
    }
    await this.parts.folder.remove(id);
    this.failures.delete(id);
  }

  async close(): Promise<void> {
    const imports = [...this.running.values()];
    for (const one of imports) one.abort.abort(new Error('The runtime is closing.'));
    await Promise.all(imports.map((one) => one.done));
  }

  private builtin(name: string) {
    return builtinDisk(this.parts.builtinImagesDir, name, Date.now());
  }

  /** Synchronous up to the entry in `running`, so that many callers in one process share one import. */
  private start(image: ImageSpec): void {
    if (this.running.has(image.id)) return;
    const abort = new AbortController();
    const done = this.importOnce(image, abort).finally(() => this.running.delete(image.id));
    this.running.set(image.id, { abort, done });
  }

  /** Never throws: what goes wrong is remembered for the next `ensure`. Does nothing while another process imports. */
  private async importOnce(image: ImageSpec, abort: AbortController): Promise<void> {
    try {
      await this.importLocked(image, abort);
    } catch (error) {
      if (!abort.signal.aborted) await this.rememberFailure(image, error);
    }
  }

  private async importLocked(image: ImageSpec, abort: AbortController): Promise<void> {
    const { folder } = this.parts;
    await mkdir(folder.root, { recursive: true });
    const lock = await lockImport(folder.lockFile(image.id), (error) => abort.abort(error));
    if (!lock) return;
    try {
      if (await folder.golden(image.id)) return;
      await importDisk(image, this.parts, abort.signal);
    } finally {
      await folder.clearImport(image.id);
      await lock.release();
    }
  }

  /** On a full disk there may be no room for the note either; then this process alone remembers. */
  private async rememberFailure(image: ImageSpec, error: unknown): Promise<void> {
    const refusal = toRefusal(error);
    const attempts = ((await this.lastFailure(image))?.attempts ?? 0) + 1;
    const retryAtMs = Date.now() + retryWaitMs(attempts, refusal.final);
    const failure = { source: sourceKey(image), reason: refusal.reason, attempts, retryAtMs };
    this.failures.set(image.id, failure);
    await this.parts.folder.setFailure(image.id, failure).catch(() => undefined);
  }

  /** What went wrong last time with this very source; another source under the same id starts afresh. */
  private async lastFailure(image: ImageSpec): Promise<Failure | undefined> {
    const known = [await this.parts.folder.failure(image.id), this.failures.get(image.id)];
    const [latest] = known
      .filter((failure) => failure !== undefined)
      .filter((failure) => failure.source === sourceKey(image))
      .toSorted((one, other) => other.retryAtMs - one.retryAtMs);
    return latest;
  }
}

const sourceKey = (image: ImageSpec) => JSON.stringify(image.source);
