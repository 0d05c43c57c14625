import { readFile } from 'node:fs/promises';
import type { ImageObservation } from '@lab-orchestrator/contracts';
import { z } from 'zod';
import { errnoOf } from './image-refusal.js';

/** What the image builder writes beside its results. */
const BuildStatus = z.object({
  state: z.enum(['building', 'ready', 'failed']),
  percent: z.number().min(0).max(100).optional(),
  message: z.string().optional(),
  path: z.string().optional(),
  virtualSizeBytes: z.number().int().positive().optional(),
  updatedAt: z.iso.datetime(),
});

/** A builder that has not written for so long is dead. */
const deadAfterMs = 60_000;

export type BuiltinDisk = { observation: ImageObservation; path?: string };

/** State of one of the project's own disks, from the build cache. An older build serves while a newer one is made. */
export async function builtinDisk(builtinImagesDir: string, name: string, nowMs: number): Promise<BuiltinDisk> {
  let text: string;
  try {
    text = await readFile(`${builtinImagesDir}/images/${name}/status.json`, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { observation: { state: 'absent' } };
    throw error;
  }
  const status = BuildStatus.parse(JSON.parse(text));
  if (status.path)
    return { observation: { state: 'ready', percent: 100, sizeBytes: status.virtualSizeBytes }, path: status.path };
  const died = nowMs - Date.parse(status.updatedAt) > deadAfterMs;
  if (status.state === 'building' && !died) return { observation: { state: 'importing', percent: status.percent } };
  return {
    observation: {
      state: 'failed',
      reason: {
        code: 'image_build_failed',
        text: status.message ?? `The image ${name} was not built to the end.`,
        advice: 'An administrator must build the images of the platform again.',
      },
    },
  };
}
