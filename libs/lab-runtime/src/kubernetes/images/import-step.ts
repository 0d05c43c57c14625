import type { Reason } from '@lab-orchestrator/contracts';
import { ImageRefusal } from '../../local/images/image-refusal.js';
import { retryWaitMs } from '../../local/images/retry-wait.js';
import { conditionOf, timeOf } from '../inspect/vm/condition.js';
import { progressOf, storageTrouble } from '../inspect/vm/observe-disks.js';
import { numberOf } from '../forge/quantity.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { GoldenRecord } from './golden-record.js';
import type { GoldenLimits } from './image-options.js';
import { failureOf } from './import-failure.js';

export type ImportSeen = {
  record: GoldenRecord | undefined;
  volume: DataVolume | undefined;
  /** Since when its progress has been what it is, as far as this process knows. */
  unchangedSinceMs: number;
  limits: GoldenLimits;
  nowMs: number;
};

/** What is to be done for an image now. */
export type ImportStep =
  | { do: 'nothing'; told: 'ready'; sizeBytes: number }
  | { do: 'nothing'; told: 'failed'; reason: Reason }
  | { do: 'nothing'; told: 'importing'; percent?: number }
  /** Make the volume. */
  | { do: 'start' }
  /** Send the file now. */
  | { do: 'upload' }
  /** Replace the volume by a larger one. */
  | { do: 'grow'; sizeBytes: number }
  /** Remove the volume and remember why. */
  | { do: 'giveUp'; reason: Reason; retryAtMs: number; attempts: number };

/** An importer that cannot reach its source is started again by the kubelet: at once, then after 10, 20, 40 s. */
const restartsBeforeFailed = 3;
const MiB = 2 ** 20;

/** The next step of an import from what is seen of it. Pure. */
export function nextImportStep(seen: ImportSeen): ImportStep {
  const { record, volume, nowMs } = seen;
  if (!volume) {
    const failure = record?.failure;
    if (failure && failure.retryAtMs > nowMs) return { do: 'nothing', told: 'failed', reason: failure.reason };
    return { do: 'start' };
  }
  if (volume.metadata.deletionTimestamp) return waits(volume);
  switch (volume.status?.phase) {
    case 'Succeeded':
      return { do: 'nothing', told: 'ready', sizeBytes: sizeOf(volume) };
    case 'UploadReady':
      return { do: 'upload' };
    case 'Failed':
      return trouble(seen, volume) ?? giveUp(seen, failed('image_tool_failed', 'CDI gave up the import.'));
    default:
      return trouble(seen, volume) ?? late(seen, volume) ?? waits(volume);
  }
}

/** What the importer, or the storage, says is wrong. Only the condition Running tells; the phase never does. */
function trouble(seen: ImportSeen, volume: DataVolume): ImportStep | undefined {
  const running = conditionOf(volume.status?.conditions, 'Running');
  if (running?.reason !== 'Error') {
    const reason = storageTrouble(volume, seen.nowMs);
    return reason && giveUp(seen, { reason, final: false });
  }
  const failure = failureOf(running.message);
  if (failure.is === 'tooSmall') return grow(seen, volume, failure.neededBytes);
  const { refusal } = failure;
  const again = (volume.status?.restartCount ?? 0) < restartsBeforeFailed;
  const passes = refusal.code === 'image_unreachable' || refusal.code === 'image_tool_failed';
  return again && passes ? undefined : giveUp(seen, refusal);
}

function grow(seen: ImportSeen, volume: DataVolume, neededBytes: number | undefined): ImportStep {
  const { virtualBytes } = seen.limits;
  const has = sizeOf(volume);
  // A need that is not told is searched for; one below what was asked for is the storage's own rounding.
  const needs = neededBytes === undefined ? has * 2 : Math.max(neededBytes, neededBytes > has ? 0 : has * 1.1);
  if (needs > virtualBytes || has >= virtualBytes) {
    return giveUp(seen, failed('image_too_large', 'The disk is larger than the limit.'));
  }
  return { do: 'grow', sizeBytes: volumeBytes(needs) };
}

function late(seen: ImportSeen, volume: DataVolume): ImportStep | undefined {
  const { limits, nowMs, unchangedSinceMs } = seen;
  if (nowMs - unchangedSinceMs > limits.stallTimeoutMs) {
    return giveUp(
      seen,
      failed('image_unreachable', 'The source of the image stopped sending, or the storage is busy.'),
    );
  }
  const ageMs = nowMs - (timeOf(volume.metadata.creationTimestamp) ?? nowMs);
  return ageMs > limits.importTimeoutMs
    ? giveUp(seen, failed('image_timeout', 'The import of the image took too long.'))
    : undefined;
}

function giveUp({ record, nowMs }: ImportSeen, why: Pick<ImageRefusal, 'reason' | 'final'>): ImportStep {
  const attempts = (record?.failure?.attempts ?? 0) + 1;
  return { do: 'giveUp', reason: why.reason, attempts, retryAtMs: nowMs + retryWaitMs(attempts, why.final) };
}

const failed = (...refusal: ConstructorParameters<typeof ImageRefusal>) => new ImageRefusal(...refusal);

const waits = ({ status }: DataVolume): ImportStep => ({
  do: 'nothing',
  told: 'importing',
  percent: progressOf(status?.progress),
});

/** Whole steps of 4 MiB: some storage rounds a size down, and then the disk does not fit. */
export const volumeBytes = (bytes: number): number => Math.ceil(bytes / (4 * MiB)) * 4 * MiB;

/** What the volume asked for, in bytes: what the guest will see, at least. */
export function sizeOf({ spec }: DataVolume): number {
  return numberOf(spec.storage?.resources?.requests?.['storage']);
}
