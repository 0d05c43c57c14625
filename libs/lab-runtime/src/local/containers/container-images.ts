import { createReadStream } from 'node:fs';
import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import type Docker from 'dockerode';
import { z } from 'zod';
import { RuntimeError } from '../../port/runtime-error.js';
import { asRuntimeError, isNotFound, messageOf, translated } from '../engine/engine-errors.js';
import type { DriverContext } from '../systems/driver-context.js';
import { readBuiltin, type Builtin } from './builtin-image.js';

/** An image the engine holds, and the user it wants to run as. */
export type HeldImage = { reference: string; user: string; entrypoint: string[]; hasCommand: boolean };

const failed = (code: string, text: string, advice: string): ImageObservation => ({
  state: 'failed',
  reason: { code, text, advice },
});
/** How long a failure is the answer before the next call tries again. */
const retryAfterMs = 30_000;
const repository = 'localhost/lab-orchestrator';

/** Container images: the project's own, imported once from their tar, and OCI references, pulled. */
export class ContainerImages {
  private readonly engine: Docker;
  private readonly running = new Map<string, { percent?: number }>();
  private readonly failures = new Map<string, { observation: ImageObservation; atMs: number }>();
  /** What was pulled for which image of the list. */
  private readonly pulledFor = new Map<string, string>();

  constructor(private readonly context: DriverContext) {
    this.engine = context.engine;
  }

  /** Starts what is missing and says how far it is. A failed image is tried again after a while. */
  async ensure(image: ImageSpec): Promise<ImageObservation> {
    const { source } = image;
    if (source.kind === 'builtin') return this.ensureBuiltinImage(source.name);
    if (source.kind === 'container') {
      this.pulledFor.set(image.id, source.reference);
      return this.observe(source.reference, () => this.pull(source.reference));
    }
    return failed(
      'image_unsupported',
      `A container cannot start from a ${source.kind} image.`,
      'Choose a container image.',
    );
  }

  /** The image as a container needs it, or `image_missing` while it is not there (its import is started then). */
  async require(image: ImageSpec): Promise<HeldImage> {
    const reference = await this.referenceOf(image);
    const held = reference === undefined ? undefined : await this.inspect(reference);
    if (held) return held;
    await this.ensure(image);
    throw new RuntimeError('image_missing', `The image ${image.name} is not in the engine yet.`, true);
  }

  /** Engine reference of one of the project's own images; waits for its import. For launchers, which are no lab's image. */
  async ensureBuiltin(name: string): Promise<string> {
    const builtin = await readBuiltin(this.context.builtinImagesDir, name);
    if (!builtin.path) throw new RuntimeError('image_missing', `The image ${name} is not built yet.`, true);
    const reference = tagOf(builtin);
    if (!(await this.inspect(reference))) await this.importTar(builtin, reference, () => undefined);
    return reference;
  }

  /** References of the images it imported or pulled for labs. */
  async ids(): Promise<string[]> {
    const images = await translated('Listing images', () => this.engine.listImages());
    return images.flatMap((image) => image.RepoTags ?? []);
  }

  /** @param reference the id of an image, whose failure is forgotten, or what the engine calls one that it holds */
  async remove(reference: string): Promise<void> {
    this.failures.delete(this.pulledFor.get(reference) ?? reference);
    this.pulledFor.delete(reference);
    try {
      await this.engine.getImage(reference).remove();
    } catch (error) {
      if (!isNotFound(error)) throw asRuntimeError(error, 'Removing an image');
    }
  }

  private async ensureBuiltinImage(name: string): Promise<ImageObservation> {
    const builtin = await readBuiltin(this.context.builtinImagesDir, name);
    if (!builtin.path) {
      if (builtin.state === 'failed')
        return failed(
          'image_build_failed',
          `The image ${name} could not be built: ${builtin.message ?? ''}`,
          'Ask the operator to build it again.',
        );
      return { state: 'importing', ...(builtin.percent === undefined ? {} : { percent: builtin.percent }) };
    }
    const reference = tagOf(builtin);
    return this.observe(reference, (note) => this.importTar(builtin, reference, note));
  }

  private async observe(
    reference: string,
    work: (note: (percent: number) => void) => Promise<void>,
  ): Promise<ImageObservation> {
    const running = this.running.get(reference);
    if (running) return { state: 'importing', ...running };
    const held = await this.size(reference);
    if (held !== undefined) return { state: 'ready', percent: 100, sizeBytes: held };
    const failure = this.failures.get(reference);
    if (failure && Date.now() - failure.atMs < retryAfterMs) return failure.observation;
    const progress: { percent?: number } = {};
    this.running.set(reference, progress);
    void work((percent) => (progress.percent = percent))
      .catch((error: unknown) => {
        this.failures.set(reference, { observation: failureOf(reference, error), atMs: Date.now() });
      })
      .finally(() => this.running.delete(reference));
    return { state: 'importing' };
  }

  private async importTar(builtin: Builtin, reference: string, note: (percent: number) => void): Promise<void> {
    const file = createReadStream(builtin.path ?? '');
    const total = builtin.sizeBytes ?? 0;
    let read = 0;
    file.on('data', (chunk) => {
      read += chunk.length;
      if (total > 0) note(Math.min(99, Math.floor((read / total) * 100)));
    });
    // Tagged by id afterwards: Podman ignores the tag of an import.
    const stream = await translated('Importing an image', () =>
      this.engine.importImage(file, { changes: builtin.changes }),
    );
    const id = (await this.follow(stream))
      .map((line) => line.status ?? '')
      .findLast((status) => /^sha256:[0-9a-f]{64}$/.test(status));
    if (id === undefined) throw new Error(`the engine did not say what it imported of ${reference}`);
    const [repo = '', tag = ''] = reference.split(/:(?=[^:]*$)/);
    await translated('Tagging an image', () => this.engine.getImage(id).tag({ repo, tag }));
  }

  private async pull(reference: string): Promise<void> {
    await this.follow(await translated('Pulling an image', () => this.engine.pull(reference)));
  }

  /** Reads the engine's progress to its end: the work is done then, and an error stands in one of its lines. */
  private follow(stream: NodeJS.ReadableStream): Promise<ProgressLine[]> {
    return new Promise((resolve, reject) => {
      this.engine.modem.followProgress(stream, (error, lines: unknown[]) => {
        const progress = (lines ?? []).map((line) => ProgressLine.parse(line));
        const failure = error?.message ?? progress.map((line) => line.error).find(Boolean);
        if (failure) reject(new Error(failure));
        else resolve(progress);
      });
    });
  }

  private async referenceOf({ source }: ImageSpec): Promise<string | undefined> {
    if (source.kind === 'container') return source.reference;
    if (source.kind !== 'builtin') return undefined;
    const builtin = await readBuiltin(this.context.builtinImagesDir, source.name);
    return builtin.path ? tagOf(builtin) : undefined;
  }

  private async inspect(reference: string): Promise<HeldImage | undefined> {
    try {
      const { Config: config } = await this.engine.getImage(reference).inspect();
      const entrypoint = typeof config.Entrypoint === 'string' ? [config.Entrypoint] : (config.Entrypoint ?? []);
      return { reference, user: config.User ?? '', entrypoint, hasCommand: (config.Cmd ?? []).length > 0 };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw asRuntimeError(error, 'Looking at an image');
    }
  }

  private async size(reference: string): Promise<number | undefined> {
    try {
      return (await this.engine.getImage(reference).inspect()).Size;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw asRuntimeError(error, 'Looking at an image');
    }
  }
}

const ProgressLine = z.looseObject({ error: z.string().optional(), status: z.string().optional() });
type ProgressLine = z.infer<typeof ProgressLine>;

function tagOf(builtin: Builtin): string {
  return `${repository}/${builtin.name}:${builtin.digest.slice(0, 12)}`;
}

function failureOf(reference: string, error: unknown): ImageObservation {
  const message = messageOf(error);
  if (/no space left/i.test(message)) {
    return failed(
      'disk_full',
      `The disk is full, so ${reference} could not be stored.`,
      'Ask the operator to make room.',
    );
  }
  if (
    /manifest unknown|not found|no such host|denied|unauthorized|dial tcp|connection refused|i\/o timeout|no route/i.test(
      message,
    )
  ) {
    return failed(
      'image_not_found',
      `${reference} could not be pulled: ${message}`,
      'Check the name of the image and that its registry can be reached.',
    );
  }
  return failed(
    'image_import_failed',
    `${reference} could not be imported: ${message}`,
    'Try again; if it stays, ask the operator.',
  );
}
