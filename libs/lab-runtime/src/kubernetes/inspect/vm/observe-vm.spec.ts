import { describe, expect, it } from 'vitest';
import { is, looked, vm, vmi, disk } from '../../testing/vm-status.js';
import { type LookedAtVm, observeVm } from './observe-vm.js';
import { printableStatuses } from './printable-status.js';
import { shortResources } from '../reasons.js';

const printed = (printableStatus: string, more: Parameters<typeof vm>[0] = {}) => vm({ printableStatus, ...more });
const ready = [is('Ready', 'True', undefined, undefined, 8)];
const unready = [is('Ready', 'False', 'GuestNotRunning', 'Guest VM is not reported as running')];
const failure = (message: string) => ({ conditions: [is('Failure', 'True', 'FailedCreate', message)] as never });
const noMemory =
  '0/3 nodes are available: 1 node(s) had untolerated taint {x: y}, 2 Insufficient memory, 1 Insufficient devices.kubevirt.io/kvm. preemption: not helpful.';

/** What is told, when, from what. One row for each thing that was observed of KubeVirt 1.9 and CDI 1.66. */
const rows: [told: string, when: string, LookedAtVm][] = [
  ['absent disk', 'it is not there', looked({ vm: undefined })],
  ['absent disk', 'it is being deleted', looked({ vm: printed('Running', { deleted: true }) })],
  ['absent disk', 'it is Terminating', looked({ vm: printed('Terminating') })],
  ['starting image', 'nobody has seen it yet', looked({ vm: vm({}) })],
  ['stopped disk', 'nobody has seen it yet, and it is halted', looked({ vm: vm({ runStrategy: 'Halted' }) })],
  ['starting image', 'it is Stopped before its start', looked({ vm: printed('Stopped') })],
  ['stopped disk', 'it is Stopped and Manual', looked({ vm: printed('Stopped', { runStrategy: 'Manual' }) })],
  ['stopped disk', 'it was stopped', looked({ vm: printed('Stopped', { runStrategy: 'Halted' }) })],
  [
    'stopped boot',
    'its guest powered off and it is Once',
    looked({ vm: printed('Stopped', { runStrategy: 'Once' }), vmi: vmi('Succeeded') }),
  ],
  [
    'starting boot',
    'its guest powered off and starts again',
    looked({ vm: printed('Stopped'), vmi: vmi('Succeeded') }),
  ],
  [
    'starting image',
    'it is to be rerun and was just made',
    looked({ vm: printed('Stopped', { runStrategy: 'RerunOnFailure' }) }),
  ],
  [
    'starting disk',
    'it is to be rerun and its disks were just made',
    looked(
      {
        vm: printed('Stopped', { runStrategy: 'RerunOnFailure' }),
        dataVolumes: [disk('Succeeded', [is('Ready', 'True', undefined, undefined, 100)])],
      },
      110,
    ),
  ],
  [
    'starting boot',
    'it is to be rerun and its emulator died',
    looked({ vm: printed('Stopped', { runStrategy: 'RerunOnFailure' }), vmi: vmi('Failed') }, 100),
  ],
  [
    'stopped disk',
    'it is to be rerun after failures only, and powered off',
    looked({ vm: printed('Stopped', { runStrategy: 'RerunOnFailure' }) }, 100),
  ],
  ['starting disk', 'it is Provisioning', looked({ vm: printed('Provisioning'), dataVolumes: [disk('Pending')] })],
  ['starting image', 'it is WaitingForVolumeBinding', looked({ vm: printed('WaitingForVolumeBinding') })],
  ['starting image', 'it is WaitingForReceiver', looked({ vm: printed('WaitingForReceiver') })],
  ['starting image', 'a later KubeVirt has a new word', looked({ vm: printed('Dreaming') })],
  ['starting image', 'it is Starting, Pending', looked({ vm: printed('Starting'), vmi: vmi('Pending') })],
  [
    'starting image',
    'it is Starting, Scheduling',
    looked({ vm: printed('Starting'), vmi: vmi('Scheduling', unready) }),
  ],
  [
    'starting disk',
    'it is Starting, Scheduling, with disks of its own',
    looked({ vm: printed('Starting'), vmi: vmi('Scheduling'), dataVolumes: [disk('Succeeded')] }),
  ],
  ['starting boot', 'it is Starting, Scheduled', looked({ vm: printed('Starting'), vmi: vmi('Scheduled', unready) })],
  ['starting boot', 'it is Running, not ready', looked({ vmi: vmi('Running', unready) })],
  ['starting boot', 'it is Running without a condition', looked({ vmi: vmi('Running') })],
  ['starting boot', 'it is Running, the VMI not seen', looked({})],
  [
    'starting boot',
    'only the VM still says Ready',
    looked({ vm: printed('Running', { ready: true }), vmi: vmi('Failed', ready) }),
  ],
  ['starting boot', 'its entries do not answer', looked({ vmi: vmi('Running', ready), answers: false })],
  ['ready ready', 'it is Running and Ready', looked({ vmi: vmi('Running', ready) })],
  ['ready ready', 'it is Migrating and Ready', looked({ vm: printed('Migrating'), vmi: vmi('Running', ready) })],
  ['ready ready', 'it was ready late', looked({ vmi: vmi('Running', ready) }, 500)],
  ['broken boot not_ready_in_time', 'it is never ready', looked({ vmi: vmi('Running', unready) }, 70)],
  [
    'starting boot',
    'it was ready, and its pod is being deleted',
    looked({ vmi: vmi('Running', [is('Ready', 'False', 'PodTerminating', 'terminating', 500)]) }, 510),
  ],
  [
    'paused ready',
    'it is Paused',
    looked({ vm: printed('Paused'), vmi: vmi('Running', [is('Paused', 'True', 'PausedByUser')]) }),
  ],
  [
    'paused ready',
    'its instance stands still already, and only the VM says Running',
    looked({ vmi: vmi('Running', [is('Paused', 'True', 'PausedByUser')]) }),
  ],
  [
    'starting boot',
    'its instance goes on already, and only the VM says Paused',
    looked({ vm: printed('Paused'), vmi: vmi('Running', unready) }),
  ],
  [
    'paused boot',
    'it was paused while it booted',
    looked({
      vm: printed('Paused'),
      vmi: vmi('Running', [is('Paused', 'True', 'PausedByUser')]),
      pod: { status: { conditions: [{ type: 'ContainersReady', status: 'False' }] } } as LookedAtVm['pod'],
    }),
  ],
  [
    'broken boot disk_full',
    'QEMU paused it because its disk is full',
    looked({ vm: printed('Paused'), vmi: vmi('Running', [is('Paused', 'True', 'PausedIOError')]) }),
  ],
  [
    'stopped boot',
    'it is Stopping',
    looked({ vm: printed('Stopping', { runStrategy: 'Halted' }), vmi: vmi('Running') }),
  ],
  [
    'starting boot',
    'it is Stopping for a restart',
    looked({
      vm: vm({
        printableStatus: 'Stopping',
        runStrategy: 'Manual',
        stateChangeRequests: [{ action: 'Stop' }, { action: 'Start' }],
      }),
    }),
  ],
  [
    'starting image',
    'it did not start once',
    looked({ vm: vm({ printableStatus: 'CrashLoopBackOff', startFailure: { consecutiveFailCount: 1 } }) }),
  ],
  [
    'broken boot vm_crashed',
    'it did not start twice',
    looked({ vm: vm({ printableStatus: 'CrashLoopBackOff', startFailure: { consecutiveFailCount: 2 } }) }),
  ],
  [
    'broken boot vm_crashed',
    'it did not start twice and is tried again',
    looked({
      vm: vm({ printableStatus: 'Starting', startFailure: { consecutiveFailCount: 2 } }),
      vmi: vmi('Scheduling'),
    }),
  ],
  [
    'starting image',
    'its image could not be pulled a moment ago',
    looked({
      vm: printed('ErrImagePull'),
      vmi: vmi('Scheduling', [is('Synchronized', 'False', 'ErrImagePull', 'no')]),
    }),
  ],
  ...['ErrImagePull', 'ImagePullBackOff'].map((word): [string, string, LookedAtVm] => [
    'broken image image_not_found',
    `its image cannot be pulled: ${word}`,
    looked(
      {
        vm: printed(word),
        vmi: vmi('Scheduling', [is('Synchronized', 'False', word, 'no such host')]),
      },
      40,
    ),
  ]),
  [
    'starting image',
    'no node fits, for a moment',
    looked({ vm: printed('ErrorUnschedulable'), vmi: vmi('Scheduling') }),
  ],
  [
    'broken image no_node_fits',
    'no node fits',
    looked(
      {
        vm: printed('ErrorUnschedulable'),
        vmi: vmi('Scheduling', [is('PodScheduled', 'False', 'Unschedulable', noMemory)]),
      },
      40,
    ),
  ],
  [
    'broken disk disk_missing',
    'a claim is missing',
    looked(
      {
        vm: printed('ErrorPvcNotFound'),
        vmi: vmi('Pending', [is('Synchronized', 'False', 'FailedPvcNotFound', 'PVC x does not exist')]),
      },
      20,
    ),
  ],
  [
    'broken image quota_exceeded',
    'its pod does not fit into the quota',
    looked(
      {
        vm: printed('Starting'),
        vmi: vmi('Pending', [
          is('Synchronized', 'False', 'FailedCreate', 'pods "x" is forbidden: exceeded quota: session'),
        ]),
      },
      20,
    ),
  ],
  [
    'broken image vm_refused',
    'its pod is refused by Pod Security',
    looked(
      {
        vm: printed('Starting'),
        vmi: vmi('Pending', [is('Synchronized', 'False', 'FailedCreate', 'violates PodSecurity "restricted:latest"')]),
      },
      20,
    ),
  ],
  [
    'broken disk vm_refused',
    'its disks may not be cloned',
    looked({ vm: printed('Stopped', { ...failure('not authorized to create DataVolume') }) }, 20),
  ],
  [
    'starting boot',
    'its node has gone, for a moment',
    looked({ vm: printed('Unknown'), vmi: vmi('Unknown', unready) }),
  ],
  ['broken boot node_lost', 'its node has gone', looked({ vm: printed('Unknown'), vmi: vmi('Unknown', unready) }, 100)],
];

describe('what is told of a VM', () => {
  it.each(rows)('%s when %s', (told, _when, seen) => {
    const { state, stage, reason } = observeVm(seen);
    expect(`${state} ${stage}${reason ? ` ${reason.code}` : ''}`).toBe(told);
    if (reason) expect(reason).toMatchObject({ system: 'server', advice: expect.stringMatching(/\.$/) });
  });

  it('has a row for each word of KubeVirt', () => {
    const words = rows.map(([, , { vm: machine }]) => machine?.status?.printableStatus);
    expect(printableStatuses.filter((word) => !words.includes(word) && word !== 'DataVolumeError')).toEqual([]);
  });

  it('says what is short', () => {
    expect(shortResources(noMemory)).toEqual(['memory', 'devices.kubevirt.io/kvm']);
    const [, , seen] = rows.find(([told]) => told.endsWith('no_node_fits')) ?? [];
    expect(seen && observeVm(seen).reason?.text).toMatch(/short: memory, devices.kubevirt.io.kvm/);
  });

  it('gives the address of the pod in each lab network, and that of an own interface in its network', () => {
    expect(observeVm(looked({ vmi: vmi('Running', ready) })).addresses).toEqual({
      lan: '10.244.0.9',
      dmz: '10.244.0.9',
    });
    const interfaces = [
      { name: 'default', ipAddress: '10.244.0.9' },
      { name: 'dmz', ipAddress: '10.201.1.4' },
    ];
    expect(observeVm(looked({ vmi: vmi('Running', ready, { interfaces }) })).addresses).toEqual({
      lan: '10.244.0.9',
      dmz: '10.201.1.4',
    });
    expect(observeVm(looked({ vmi: vmi('Scheduled', [], { interfaces: [{ name: 'default' }] }) })).addresses).toEqual(
      {},
    );
  });
});
