import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { isNotFound, messageOf } from '../engine/engine-errors.js';
import { ImageRefusal } from './image-refusal.js';
import type { ImportLimits } from './import-limits.js';

/** Where KubeVirt looks for the disk in a containerDisk. */
const diskFolder = '/disk';

/** Pulls an image through the engine and copies the one file below /disk out of it; nothing of the image is run. */
export async function fetchContainerDisk(
  engine: Docker,
  reference: string,
  file: string,
  limits: ImportLimits,
  signal: AbortSignal,
): Promise<void> {
  const name = reference.replace(/^docker:\/\//, '');
  if (!(await isHeld(engine, name))) await pull(engine, name);
  const container = await engine.createContainer({ Image: name, Cmd: ['/never-run'], NetworkDisabled: true });
  try {
    await copyDisk(await container.getArchive({ path: diskFolder }), name, file, limits.downloadBytes, signal);
  } finally {
    await container.remove({ force: true });
  }
}

/** What the engine holds already is used as it is, so that a site without a registry can load images by hand. */
async function isHeld(engine: Docker, name: string): Promise<boolean> {
  try {
    await engine.getImage(name).inspect();
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Engines report a failed pull in the last line of their progress, not as a failed request. */
const ProgressLine = z.looseObject({ error: z.string().optional() });

async function pull(engine: Docker, name: string): Promise<void> {
  const refused = (said: string) =>
    new ImageRefusal('image_not_found', `The image ${name} cannot be pulled: ${said.slice(0, 300)}`);
  const progress = await engine.pull(name).catch((error: unknown) => {
    throw refused(messageOf(error));
  });
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(progress, (error, lines: unknown[]) => {
      const said = error?.message ?? lines.map((line) => ProgressLine.parse(line).error).find(Boolean);
      if (said) reject(refused(said));
      else resolve();
    });
  });
}

async function copyDisk(
  archive: NodeJS.ReadableStream,
  name: string,
  file: string,
  maxBytes: number,
  signal: AbortSignal,
) {
  const entries = extract();
  const feeding = pipeline(archive, entries, { signal });
  let copied = false;
  for await (const entry of entries) {
    const wanted: boolean = entry.header.type === 'file' && !copied;
    if (wanted && (entry.header.size ?? 0) > maxBytes) {
      throw new ImageRefusal('image_too_large', `The image is larger than ${maxBytes} bytes.`);
    }
    if (wanted) await pipeline(Readable.from(entry), createWriteStream(file, { flags: 'wx', mode: 0o644 }), { signal });
    else entry.resume();
    copied ||= wanted;
  }
  await feeding;
  if (!copied) throw new ImageRefusal('image_not_found', `The image ${name} has no file below ${diskFolder}.`);
}
