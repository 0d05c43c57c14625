import { describe, expect, it } from 'vitest';
import type { DataVolume } from '../../types/cdi/data-volume.js';
import { disk, is, looked, vm } from '../../testing/vm-status.js';
import { observeVm } from './observe-vm.js';

describe('what is told of its disks', () => {
  const coming = [is('Running', 'True', 'Pod is running')];
  it.each<[string, string, DataVolume, number]>([
    ['starting disk', 'CDI has not seen it', disk(undefined), 5],
    ...[
      'Pending',
      'CloneScheduled',
      'CSICloneInProgress',
      'RebindInProgress',
      'SnapshotForSmartCloneInProgress',
      'CloneInProgress',
      'ImportScheduled',
      'ImportInProgress',
      'WaitForFirstConsumer',
      'Unknown',
    ].map((phase): [string, string, DataVolume, number] => [
      'starting disk',
      `it is ${phase}`,
      disk(phase, coming),
      20,
    ]),
    [
      'starting disk',
      'its importer failed once',
      disk('ImportInProgress', [is('Running', 'False', 'Error', '500')], { restartCount: 1 }),
      5,
    ],
    [
      'broken disk disk_failed',
      'its importer failed again and again',
      disk('ImportInProgress', [is('Running', 'False', 'Error', '500')], { restartCount: 3 }),
      5,
    ],
    [
      'broken disk disk_failed',
      'its clone goes wrong',
      disk('SnapshotForSmartCloneInProgress', [is('Running', 'False', 'Error', 'snapshot missing restoresize')]),
      70,
    ],
    ['broken disk disk_failed', 'CDI gave up', disk('Failed', [is('Running', 'False', 'Completed', 'no')]), 5],
    [
      'starting disk',
      'its storage is not known yet',
      disk('', [is('Bound', 'False', 'ErrClaimNotValid', 'no accessMode')]),
      5,
    ],
    [
      'broken disk storage_misconfigured',
      'its storage cannot be used',
      disk('', [is('Bound', 'False', 'ErrClaimNotValid', 'no accessMode specified in StorageProfile standard')]),
      40,
    ],
    [
      // CDI's own words (controller/datavolume/util.go), which it also has where no class is the default.
      'broken disk storage_misconfigured',
      'no storage class is the default',
      disk('Pending', [
        is(
          'Bound',
          'False',
          'ErrClaimNotValid',
          'PVC spec is missing accessMode and no storageClass to choose profile',
        ),
      ]),
      40,
    ],
    [
      // Kubernetes 1.34's own words, quoted by CDI where the claim names its access mode.
      'broken disk storage_misconfigured',
      'no storage class is the default, as the claim says it',
      disk('Pending', [
        is(
          'Bound',
          'False',
          'Pending',
          'target PVC x Pending and no persistent volumes available for this claim and no storage class is set',
        ),
      ]),
      40,
    ],
    [
      'broken disk storage_misconfigured',
      'its storage class is missing',
      disk('Pending', [
        is('Bound', 'False', 'Pending', 'target PVC x Pending and storageclass.storage.k8s.io "fast" not found'),
      ]),
      40,
    ],
    [
      'broken disk quota_exceeded',
      'it does not fit into the quota',
      disk('Pending', [
        is('Bound', 'False', 'Pending', 'persistentvolumeclaims "prime" is forbidden: exceeded quota: session'),
      ]),
      40,
    ],
    ['starting disk', 'it takes long', disk('CloneInProgress', coming), 800],
    ['broken disk disk_not_ready_in_time', 'it takes too long', disk('CloneInProgress', coming), 1000],
  ])('%s when %s', (told, _when, dataVolume, seconds) => {
    const seen = looked({ vm: vm({ printableStatus: 'Provisioning' }), dataVolumes: [dataVolume] }, seconds);
    const { state, stage, reason } = observeVm(seen);
    expect(`${state} ${stage}${reason ? ` ${reason.code}` : ''}`).toBe(told);
  });

  it('is the mean of their percents, where all say one', () => {
    const percent = (...progress: (string | undefined)[]) =>
      observeVm(looked({ dataVolumes: progress.map((text) => disk('CloneInProgress', coming, { progress: text })) }))
        .percent;
    expect(percent('20.68%', '41%')).toBe(31);
    expect(percent('20.68%', 'N/A')).toBeUndefined();
    expect(percent(undefined)).toBeUndefined();
  });
});
