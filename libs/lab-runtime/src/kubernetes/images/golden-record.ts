import { createHash } from 'node:crypto';
import { type ImageSpec, Reason } from '@lab-orchestrator/contracts';
import { z } from 'zod';
import { prefix } from '../labels.js';
import type { DataSource } from '../types/cdi/data-source.js';

/**
 * What is remembered of an image between calls and processes, on its DataSource: the DataVolume of an import that failed
 * is removed, so that CDI does not try it for ever.
 */
export const GoldenRecord = z.object({
  /** Digest of the source: another source under the same id starts afresh. */
  source: z.string(),
  /** What its volume asks for. */
  sizeBytes: z.number().int().positive().optional(),
  failure: z.object({ reason: Reason, attempts: z.number().int().positive(), retryAtMs: z.number().int() }).optional(),
});
export type GoldenRecord = z.infer<typeof GoldenRecord>;

export const recordAnnotation = `${prefix}/import`;

export function sourceDigest(image: ImageSpec): string {
  return createHash('sha256').update(JSON.stringify(image.source)).digest('hex').slice(0, 16);
}

/** The record of this very source; undefined for none, one of another source, and one that cannot be read. */
export function recordOf(dataSource: DataSource | undefined, image: ImageSpec): GoldenRecord | undefined {
  const text = dataSource?.metadata.annotations?.[recordAnnotation];
  if (text === undefined) return undefined;
  try {
    const record = GoldenRecord.parse(JSON.parse(text));
    return record.source === sourceDigest(image) ? record : undefined;
  } catch {
    return undefined;
  }
}
