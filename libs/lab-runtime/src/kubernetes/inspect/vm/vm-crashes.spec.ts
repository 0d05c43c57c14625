import { describe, expect, it } from 'vitest';
import type { KubeEvent } from '../../client/kinds.js';
import { at, disk, is, looked, vm, vmi } from '../../testing/vm-status.js';
import { type LookedAtVm, mayHaveCrashed, observeVm } from './observe-vm.js';

describe('a VM that crashes', () => {
  const made = (phase: string, seconds: number) => {
    const instance = vmi(phase);
    return { ...instance, metadata: { ...instance.metadata, creationTimestamp: new Date(at(seconds)) } };
  };
  const diskReady = disk('Succeeded', [is('Ready', 'True', undefined, undefined, 100)]);
  it.each<[boolean, string, Partial<LookedAtVm>]>([
    [false, 'it is not there', { vm: undefined }],
    [false, 'it starts for the first time', { vmi: made('Scheduling', 1) }],
    [false, 'it starts as soon as its disk is there', { vmi: made('Scheduling', 101), dataVolumes: [diskReady] }],
    [false, 'its disk is still made', { vmi: made('Pending', 90), dataVolumes: [disk('ImportInProgress')] }],
    [false, 'it runs', { vmi: made('Running', 200) }],
    [false, 'its guest powered off', { vmi: made('Succeeded', 1) }],
    [true, 'its emulator has just died', { vmi: made('Failed', 1) }],
    [true, 'it starts again', { vmi: made('Scheduling', 200) }],
    [true, 'it starts again with its disk', { vmi: made('Scheduling', 200), dataVolumes: [diskReady] }],
  ])('may have crashed: %s, when %s', (may, _when, change) => {
    expect(mayHaveCrashed(looked(change, 300))).toBe(may);
  });

  it('counts crashes of the last minutes only', () => {
    const stopped = (seconds: number, count: number) =>
      ({
        reason: 'Stopped',
        message: 'The VirtualMachineInstance crashed.',
        lastTimestamp: at(seconds),
        count,
      }) as KubeEvent;
    const seen = (events: KubeEvent[]) =>
      observeVm(looked({ vm: vm({ printableStatus: 'Starting' }), events }, 1000)).state;
    expect(seen([stopped(990, 3)])).toBe('broken');
    expect(seen([stopped(990, 1), stopped(950, 1)])).toBe('starting');
    expect(seen([stopped(10, 9)])).toBe('starting');
  });
});
