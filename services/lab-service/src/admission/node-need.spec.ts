import { expect, it } from 'vitest';
import { nodeNeeds } from './node-need.js';
import { NodeRoom } from './node-room.js';

const overhead = { bytes: 400, perGuestByte: 0.5, perCpuBytes: 16 };
const of = (kind: 'vm' | 'container') => ({ kind, cpus: 2, memoryBytes: 128 });

it.each([
  [
    'a machine, its guest and what runs it',
    'vm',
    overhead,
    { cpus: 2, memoryBytes: 128 + 400 + 64 + 32, machine: true },
  ],
  ['a machine where nothing is said, its guest', 'vm', undefined, { cpus: 2, memoryBytes: 128, machine: true }],
  ['a container, what it asks for', 'container', overhead, { cpus: 2, memoryBytes: 128, machine: false }],
] as const)('on its node takes %s', (_, kind, vmOverhead, need) => {
  expect(nodeNeeds([of(kind)], vmOverhead)).toEqual([need]);
});

it('does not put a machine where only its guest has room', () => {
  const room = () => new NodeRoom([{ cpus: 8, memoryBytes: 500, machines: true }]);
  expect(room().place(nodeNeeds([of('vm')], overhead))).toBe(false);
  expect(room().place(nodeNeeds([of('container')], overhead))).toBe(true);
});
