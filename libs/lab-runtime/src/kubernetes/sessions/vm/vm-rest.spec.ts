import { describe, expect, it } from 'vitest';
import { is, startedMs, vm, vmi } from '../../testing/vm-status.js';
import type { VirtualMachine } from '../../types/kubevirt/virtual-machine.js';
import { frozenSince, isPaused, shutsDown, type VmRest } from './vm-rest.js';

type Volume = NonNullable<NonNullable<VirtualMachine['spec']['template']['spec']>['volumes']>[number];
const machine = (volume: Partial<Volume>): VirtualMachine => {
  const spec = { domain: { devices: {} }, volumes: [{ name: 'root', ...volume }] };
  return { ...vm({}), spec: { runStrategy: 'Always', template: { spec } } };
};
const lasting = machine({ dataVolume: { name: 'server-root' } });
const passing = machine({ containerDisk: { image: 'registry.test/os:1' } });
const scratch = machine({ emptyDisk: { capacity: '1Gi' } });

const running = vmi('Running', [is('Ready', 'True')]);
const frozen = vmi('Running', [is('Paused', 'True', 'PausedByUser', undefined, 10)]);
const full = vmi('Running', [is('Paused', 'True', 'PausedIOError', undefined, 10)]);
const freeze: VmRest = { pause: 'freeze' };
const later: VmRest = { ...freeze, hibernateAfterS: 60 };
const hibernate: VmRest = { pause: 'hibernate' };

describe('a pause shuts down', () => {
  it.each([
    ['at once, where the installation says so', lasting, running, hibernate, false, 0, true],
    ['at once, where the lab says so', lasting, running, freeze, true, 0, true],
    ['one that was frozen before', lasting, frozen, freeze, true, 11, true],
    ['nothing where machines are frozen', lasting, frozen, freeze, false, 9e6, false],
    ['nothing unless told', lasting, frozen, {}, false, 9e6, false],
    ['nothing that has just been frozen', lasting, frozen, later, false, 69.9, false],
    ['what has been frozen for long', lasting, frozen, later, false, 70, true],
    ['nothing that is not frozen yet, however long it has run', lasting, running, later, false, 9e6, false],
    ['nothing after a time that stands still by itself', lasting, full, later, false, 9e6, false],
    ['nothing that would begin anew', passing, frozen, later, true, 9e6, false],
    ['nothing that would lose its scratch', scratch, frozen, { ...later, ...hibernate }, false, 9e6, false],
    ['nothing after a time that has no run', lasting, undefined, later, false, 9e6, false],
  ] as const)('%s', (_, of, run, rest, atOnce, seconds, shut) => {
    expect(shutsDown(of, run, rest, { atOnce, nowMs: startedMs + seconds * 1000 })).toBe(shut);
  });
});

it.each([
  ['one that runs', running, false, undefined],
  ['one that was frozen', frozen, true, startedMs + 10_000],
  ['one whose disk is full', full, true, undefined],
  ['one that is not there', undefined, false, undefined],
])('knows since when a pause keeps %s', (_, run, paused, since) => {
  expect([isPaused(run), frozenSince(run)]).toEqual([paused, since]);
});
