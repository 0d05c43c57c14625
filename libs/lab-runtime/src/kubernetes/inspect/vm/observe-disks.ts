import type { DataVolume } from '../../types/cdi/data-volume.js';
import { conditionOf, timeOf } from './condition.js';
import type { Cause } from '../reasons.js';
import { vmReasons } from './vm-reasons.js';

export type DisksSeen = { are: 'ready' } | { are: 'coming'; percent?: number } | { are: 'broken'; reason: Cause };

/** An importer that fails is started again at once, then after 10, 20, 40 s; sources that come back have been seen. */
const restartsBeforeBroken = 3;
/** What has no importer (a clone) does not count. */
const errorPatienceMs = 60_000;
/** Storage may be asked too early, while its profile is still being made. */
const patienceMs = 30_000;
/** How long a disk may take. CDI itself never gives up. */
const longestMs = 15 * 60_000;

/** How far the disks of a VM are. Phases may go back once, and texts change all the time: neither is trusted. */
export function observeDisks(dataVolumes: readonly DataVolume[], nowMs: number): DisksSeen {
  const coming = dataVolumes.filter(({ status }) => status?.phase !== 'Succeeded');
  if (coming.length === 0) return { are: 'ready' };
  for (const disk of coming) {
    const reason = whyBroken(disk, nowMs);
    if (reason) return { are: 'broken', reason };
  }
  return { are: 'coming', percent: percentOf(dataVolumes) };
}

function whyBroken(disk: DataVolume, nowMs: number): Cause | undefined {
  const { conditions, phase, restartCount = 0 } = disk.status ?? {};
  const running = conditionOf(conditions, 'Running');
  const bound = conditionOf(conditions, 'Bound');
  const ageMs = ageOf(disk, nowMs);
  if (running?.reason === 'Error' && (restartCount >= restartsBeforeBroken || ageMs > errorPatienceMs)) {
    return vmReasons.diskFailed(nameOf(disk), running.message);
  }
  if (phase === 'Failed') return vmReasons.diskFailed(nameOf(disk), running?.message ?? bound?.message);
  const trouble = storageTrouble(disk, nowMs);
  if (trouble) return trouble;
  return ageMs > longestMs ? vmReasons.diskLate(nameOf(disk), longestMs / 60_000, bound?.message) : undefined;
}

/** What the cluster's storage or a quota has against a disk; it does not pass by itself. */
export function storageTrouble(disk: DataVolume, nowMs: number): Cause | undefined {
  if (ageOf(disk, nowMs) <= patienceMs) return undefined;
  const { conditions } = disk.status ?? {};
  const bound = conditionOf(conditions, 'Bound');
  const running = conditionOf(conditions, 'Running');
  if (
    bound?.reason === 'ErrClaimNotValid' ||
    /storageclass\S* .*not found|no storage class is set/i.test(bound?.message ?? '')
  ) {
    return vmReasons.storageUnusable(nameOf(disk), bound?.message);
  }
  const quota = [bound, running].find((condition) => /exceeded quota/.test(condition?.message ?? ''));
  return quota && vmReasons.quotaExceeded(quota.message);
}

const nameOf = ({ metadata }: DataVolume) => metadata.name ?? '';
const ageOf = ({ metadata }: DataVolume, nowMs: number) => nowMs - (timeOf(metadata.creationTimestamp) ?? nowMs);

/** The mean of all disks, where each says a number; `N/A` is what CDI says before it knows. */
function percentOf(disks: readonly DataVolume[]): number | undefined {
  const each = disks.map(({ status }) => (status?.phase === 'Succeeded' ? 100 : progressOf(status?.progress)));
  const known = each.filter((percent) => percent !== undefined);
  if (known.length < each.length) return undefined;
  return Math.round(known.reduce((sum, percent) => sum + percent, 0) / known.length);
}

/** `20.68%` as a number; undefined for `N/A`. */
export function progressOf(progress: string | undefined): number | undefined {
  const percent = Number.parseFloat(progress ?? '');
  return Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : undefined;
}
