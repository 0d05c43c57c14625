import { describe, expect, it } from 'vitest';
import { is } from '../testing/vm-status.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { GoldenRecord } from './golden-record.js';
import { defaultGoldenLimits } from './image-options.js';
import { failureOf } from './import-failure.js';
import { type ImportSeen, nextImportStep, volumeBytes } from './import-step.js';

const nowMs = Date.parse('2026-11-24T04:00:00Z');
const MiB = 2 ** 20;
const GiB = 2 ** 30;
type Seen = Partial<ImportSeen> & { status?: Partial<DataVolume['status']>; bytes?: number; ageMs?: number };

function volume(status: Partial<DataVolume['status']> = {}, bytes = GiB, ageMs = 60_000): DataVolume {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name: 'image', creationTimestamp: new Date(nowMs - ageMs) },
    spec: { source: { blank: {} }, storage: { resources: { requests: { storage: String(bytes) } } } },
    status: status as DataVolume['status'],
  };
}
const step = ({ status, bytes, ageMs, ...seen }: Seen) =>
  nextImportStep({
    record: undefined,
    volume: volume(status, bytes, ageMs),
    unchangedSinceMs: nowMs,
    limits: defaultGoldenLimits,
    nowMs,
    ...seen,
  });
const errs = (message: string, restartCount = 0) => ({
  phase: 'ImportInProgress',
  restartCount,
  conditions: [is('Running', 'False', 'Error', message)] as never,
});
const failure = (retryInMs: number): GoldenRecord => ({
  source: 'x',
  failure: { reason: { code: 'image_not_found', text: 'x', advice: 'y.' }, attempts: 2, retryAtMs: nowMs + retryInMs },
});
const tooSmall = (needs: number, has: number) =>
  `Unable to process data: Unable to convert source data to target format: virtual image size ${needs} is larger than the reported available storage ${has}. A larger PVC is required`;

describe('the next step of an import', () => {
  it.each<[string, Seen, object]>([
    ['starts what is not there', { volume: undefined }, { do: 'start' }],
    [
      'waits after a failure',
      { volume: undefined, record: failure(1) },
      { told: 'failed', reason: { code: 'image_not_found' } },
    ],
    ['starts again after the wait', { volume: undefined, record: failure(-1) }, { do: 'start' }],
    ['waits for a volume that nobody has seen', { status: {} }, { told: 'importing' }],
    [
      'tells percents',
      { status: { phase: 'ImportInProgress', progress: '20.68%' } },
      { told: 'importing', percent: 20.68 },
    ],
    [
      'tells none where CDI does not',
      { status: { phase: 'ImportScheduled', progress: 'N/A' } },
      { told: 'importing', percent: undefined },
    ],
    [
      'bears a phase that goes back',
      { status: { phase: 'ImportScheduled', conditions: [is('Running', 'False', 'Scratch space required')] as never } },
      { told: 'importing' },
    ],
    ['is done', { status: { phase: 'Succeeded', progress: '100.0%' } }, { told: 'ready', sizeBytes: GiB }],
    ['sends an upload when CDI is ready', { status: { phase: 'UploadReady' } }, { do: 'upload' }],
    ['waits while it is scheduled', { status: { phase: 'UploadScheduled' } }, { told: 'importing' }],
    [
      'gives up at once when it is not there',
      { status: errs('expected status code 200, got 404. Status: 404 Not Found') },
      { do: 'giveUp', reason: { code: 'image_not_found' } },
    ],
    [
      'gives up at once when the checksum is wrong',
      { status: errs('checksum mismatch: expected a, got b') },
      { do: 'giveUp', reason: { code: 'image_checksum_mismatch' } },
    ],
    [
      'waits while the source may come back',
      { status: errs('expected status code 200, got 503', 2) },
      { told: 'importing' },
    ],
    [
      'gives up when it does not',
      { status: errs('expected status code 200, got 503', 3) },
      { do: 'giveUp', reason: { code: 'image_unreachable' } },
    ],
    ['gives up with CDI', { status: { phase: 'Failed' } }, { do: 'giveUp', reason: { code: 'image_tool_failed' } }],
    ['grows to what is needed', { status: errs(tooSmall(3 * GiB, GiB)) }, { do: 'grow', sizeBytes: 3 * GiB }],
    [
      'grows by a tenth when the storage rounds',
      { status: errs(tooSmall(GiB, GiB - 1)) },
      { do: 'grow', sizeBytes: volumeBytes(GiB * 1.1) },
    ],
    [
      'grows by the double when nobody says',
      { status: errs('write /data/disk.img: no space left on device') },
      { do: 'grow', sizeBytes: 2 * GiB },
    ],
    [
      'never grows above the limit',
      { status: errs(tooSmall(129 * GiB, GiB)) },
      { do: 'giveUp', reason: { code: 'image_too_large' } },
    ],
    [
      'ends growing at the limit',
      { status: errs('no space left on device'), bytes: 128 * GiB },
      { do: 'giveUp', reason: { code: 'image_too_large' } },
    ],
    [
      'gives up what has stalled',
      { status: { phase: 'ImportInProgress', progress: '3%' }, unchangedSinceMs: nowMs - 300_001 },
      { do: 'giveUp', reason: { code: 'image_unreachable' } },
    ],
    [
      'gives up what takes for ever',
      { status: { phase: 'ImportInProgress' }, ageMs: 7_200_001 },
      { do: 'giveUp', reason: { code: 'image_timeout' } },
    ],
    [
      'tells what the storage lacks',
      { status: { phase: '', conditions: [is('Bound', 'False', 'ErrClaimNotValid', 'no accessMode')] as never } },
      { do: 'giveUp', reason: { code: 'storage_misconfigured' } },
    ],
  ])('%s', (_what, seen, expected) => expect(step(seen)).toMatchObject(expected));

  it('waits longer after each failure, and longest when the image itself is wrong', () => {
    const retryIn = (message: string, record?: GoldenRecord) => {
      const next = step({ status: errs(message, 9), record });
      return next.do === 'giveUp' ? next.retryAtMs - nowMs : undefined;
    };
    expect(retryIn('got 503')).toBe(10_000);
    expect(retryIn('got 503', failure(0))).toBe(40_000);
    expect(retryIn('checksum mismatch')).toBe(60_000);
  });

  it('waits while the volume is being removed', () => {
    const leaving = volume(errs('got 404'));
    leaving.metadata.deletionTimestamp = new Date(nowMs);
    expect(step({ volume: leaving })).toMatchObject({ do: 'nothing', told: 'importing' });
  });
});

describe('the last words of an importer', () => {
  it.each([
    [
      'Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found',
      'image_not_found',
    ],
    [
      'Unable to connect to http data source: expected status code 200, got 500. Status: 500 Internal',
      'image_unreachable',
    ],
    [
      'HTTP request errored: Get "http://10.0.0.1/x": dial tcp 10.0.0.1:80: connect: connection refused',
      'image_unreachable',
    ],
    ['Get "https://x/y": dial tcp: lookup x: no such host', 'image_unreachable'],
    ['checksum mismatch: expected sha256:aa, got sha256:bb', 'image_checksum_mismatch'],
    ['Unable to convert source data to target format: image has a backing file /etc/passwd', 'image_unsafe'],
    ['gzip: invalid header', 'image_unsupported'],
    ['Failed to read registry image: manifest unknown', 'image_not_found'],
    ['the sky fell', 'image_tool_failed'],
    ['', 'image_tool_failed'],
  ])('%s', (message, code) => {
    expect(failureOf(message)).toMatchObject({ is: 'failure', refusal: { code } });
  });

  it('say how large the disk is', () => {
    const captured =
      'Unable to convert source data to target format: Virtual image size 2147483648 is larger than the reported available storage 71135396. A larger PVC is required.';
    expect(failureOf(captured)).toEqual({ is: 'tooSmall', neededBytes: 2147483648 });
    expect(volumeBytes(5 * MiB)).toBe(8 * MiB);
  });
});
