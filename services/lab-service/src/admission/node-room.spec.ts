import { describe, expect, it } from 'vitest';
import { NodeRoom } from './node-room.js';

const gib = (cpus: number, memoryBytes: number) => ({ cpus, memoryBytes, machines: true, machine: false });
const machine = (memoryBytes: number) => ({ cpus: 1, memoryBytes, machine: true });
const forContainers = { ...gib(8, 16), machines: false };

describe('room on nodes', () => {
  it.each([
    ['a machine of 4 GiB does not fit on two nodes with 2 each', [gib(8, 2), gib(8, 2)], [gib(1, 4)], false],
    ['two of 2 GiB do', [gib(8, 2), gib(8, 2)], [gib(1, 2), gib(1, 2)], true],
    ['processors count as well', [gib(1, 8), gib(1, 8)], [gib(2, 1)], false],
    [
      'the large one is placed before the small ones take its room',
      [gib(9, 4), gib(9, 2)],
      [gib(1, 2), gib(1, 4)],
      true,
    ],
    ['a machine does not go where there is no KubeVirt', [forContainers, gib(8, 2)], [machine(4)], false],
    ['it goes where there is one, though less is left', [forContainers, gib(8, 4)], [machine(4), gib(1, 4)], true],
    ['what names no nodes has no such limit', [], [gib(64, 512)], true],
    ['a lab of nothing fits', [gib(0, 0)], [], true],
  ])('%s', (_name, nodes, systems, fits) => {
    expect(new NodeRoom(nodes).place(systems)).toBe(fits);
  });

  it('is taken by those who fit, and by nobody else', () => {
    const room = new NodeRoom([gib(4, 4)]);
    expect(room.place([gib(1, 3), gib(1, 2)])).toBe(false);
    expect(room.place([gib(1, 4)])).toBe(true);
    expect(room.place([gib(1, 1)])).toBe(false);
  });
});
