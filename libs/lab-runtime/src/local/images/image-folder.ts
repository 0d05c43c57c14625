import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { Reason } from '@lab-orchestrator/contracts';
import { z } from 'zod';
import { errnoOf } from './image-refusal.js';

const Golden = z.object({ virtualBytes: z.number().int().positive() });
const Progress = z.object({ percent: z.number().min(0).max(100) });
const Failure = z.object({
  source: z.string(),
  reason: Reason,
  attempts: z.number().int().positive(),
  retryAtMs: z.number(),
});
export type Failure = z.infer<typeof Failure>;

/**
 * The files of the golden disks. Finished ones are folders named by the image's id; everything unfinished starts with
 * a dot, which no id does, so a crash leaves nothing that could be taken for an image.
 *
 *     <id>/disk.qcow2  <id>/image.json  .import-<id>/…  .failed-<id>.json  .lock-<id>
 */
export class ImageFolder {
  constructor(readonly root: string) {}

  lockFile = (id: string) => `${this.root}/.lock-${id}`;
  disk = (id: string) => `${this.root}/${id}/disk.qcow2`;

  async golden(id: string): Promise<z.infer<typeof Golden> | undefined> {
    return readJson(`${this.root}/${id}/image.json`, Golden);
  }

  async ids(): Promise<string[]> {
    const entries = await readdir(this.root).catch(() => []);
    return entries.filter((name) => !name.startsWith('.')).toSorted();
  }

  /** A fresh working folder; whatever a crashed import left is removed first. */
  async beginImport(id: string): Promise<{ source: string; scratch: string; outFolder: string }> {
    const folder = this.workFolder(id);
    await rm(folder, { recursive: true, force: true });
    const outFolder = `${folder}/out`;
    await mkdir(outFolder, { recursive: true });
    return { source: `${folder}/source`, scratch: `${folder}/unpacked`, outFolder };
  }

  /** Publishes what lies in the import's out folder, at once. */
  async finishImport(id: string, virtualBytes: number): Promise<void> {
    await writeFile(`${this.workFolder(id)}/out/image.json`, JSON.stringify({ virtualBytes }));
    await rename(`${this.workFolder(id)}/out`, `${this.root}/${id}`);
    await this.forgetFailure(id);
  }

  async clearImport(id: string): Promise<void> {
    await rm(this.workFolder(id), { recursive: true, force: true });
  }

  async progress(id: string): Promise<number | undefined> {
    return (await readJson(`${this.workFolder(id)}/progress.json`, Progress))?.percent;
  }

  async setProgress(id: string, percent: number): Promise<void> {
    await replaceJson(`${this.workFolder(id)}/progress.json`, { percent });
  }

  failure(id: string): Promise<Failure | undefined> {
    return readJson(this.failureFile(id), Failure);
  }

  setFailure(id: string, failure: Failure): Promise<void> {
    return replaceJson(this.failureFile(id), failure);
  }

  async forgetFailure(id: string): Promise<void> {
    await rm(this.failureFile(id), { force: true });
  }

  async remove(id: string): Promise<void> {
    const doomed = `${this.root}/.removed-${id}-${process.pid}`;
    await rename(`${this.root}/${id}`, doomed).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
    });
    await rm(doomed, { recursive: true, force: true });
    await this.forgetFailure(id);
  }

  private workFolder = (id: string) => `${this.root}/.import-${id}`;
  private failureFile = (id: string) => `${this.root}/.failed-${id}.json`;
}

async function replaceJson(file: string, value: unknown): Promise<void> {
  try {
    await writeFile(`${file}.new`, JSON.stringify(value));
    await rename(`${file}.new`, file);
  } catch (error) {
    await rm(`${file}.new`, { force: true });
    throw error;
  }
}

/** Missing, half-written or foreign files read as "nothing known". */
async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
