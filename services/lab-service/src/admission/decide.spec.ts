import { describe, expect, it } from 'vitest';
import { NodeRoom } from './node-room.js';
import { decideAdmissions, type Held, type Limits, type LimitsFor, type WaitingSession } from './decide.js';

const none: Limits = { sessions: null, cpus: null, memoryBytes: null };
const limits = (platform: Partial<Limits> = {}, user: Partial<Limits> = {}, lab: Partial<Limits> = {}): LimitsFor => ({
  platform: { ...none, ...platform },
  user: () => ({ ...none, ...user }),
  lab: () => ({ ...none, ...lab }),
});
/** `ada/net` waits with one processor and 100 bytes; `ada/net*4` with four times as much. */
const waiting = (...names: string[]): WaitingSession[] =>
  names.map((name, index) => {
    const [, ownerId = '', labId = '', times = '1'] = /^(\w+)\/(\w+)(?:\*(\d+))?$/.exec(name) ?? [];
    const need = { cpus: Number(times), memoryBytes: 100 * Number(times) };
    return { id: `${index}:${name}`, ownerId, labId, ...need, systems: [{ ...need, machine: false }] };
  });
const held = (ownerId: string, labId: string, sessions: number): Held => ({
  ownerId,
  labId,
  sessions,
  cpus: sessions,
  memoryBytes: 100 * sessions,
});

describe('decideAdmissions', () => {
  it.each<[string, string[], Held[], LimitsFor, { cpus: number; memoryBytes: number } | undefined, number[]]>([
    ['everybody without limits', ['ada/net', 'bob/net'], [], limits(), undefined, [0, 1]],
    ['nobody when nobody waits', [], [], limits(), undefined, []],
    ['in the order of arrival', ['ada/net', 'bob/net', 'cem/net'], [], limits({ sessions: 2 }), undefined, [0, 1]],
    [
      'what is left of the platform',
      ['ada/net', 'bob/net'],
      [held('x', 'y', 4)],
      limits({ sessions: 5 }),
      undefined,
      [0],
    ],
    ['nobody past one who waits for the platform', ['ada/net*4', 'bob/net'], [], limits({ cpus: 3 }), undefined, []],
    [
      'others past one who waits for their own quota',
      ['ada/net', 'bob/net'],
      [held('ada', 'net', 1)],
      limits({}, { sessions: 1 }),
      undefined,
      [1],
    ],
    ['each user up to their quota', ['ada/a', 'ada/b', 'bob/a'], [], limits({}, { sessions: 1 }), undefined, [0, 2]],
    [
      'each lab up to its quota',
      ['ada/net', 'bob/net', 'bob/web'],
      [],
      limits({}, {}, { sessions: 1 }),
      undefined,
      [0, 2],
    ],
    [
      'memory up to the quota',
      ['ada/net', 'bob/net*2', 'cem/net'],
      [],
      limits({ memoryBytes: 300 }),
      undefined,
      [0, 1],
    ],
    [
      'what the runtime has room for',
      ['ada/net', 'bob/net', 'cem/net'],
      [],
      limits(),
      { cpus: 2, memoryBytes: 1000 },
      [0, 1],
    ],
    ['what fits in memory', ['ada/net', 'bob/net'], [], limits(), { cpus: 100, memoryBytes: 150 }, [0]],
    [
      'one blocked by their own quota without holding the line for room',
      ['ada/net', 'bob/net'],
      [held('ada', 'net', 1)],
      limits({}, { sessions: 1 }),
      { cpus: 1, memoryBytes: 100 },
      [1],
    ],
    ['nobody at a quota of nothing', ['ada/net'], [], limits({ sessions: 0 }), undefined, []],
  ])('admits %s', (_, names, holding, limitsFor, room, expected) => {
    const sessions = waiting(...names);
    const admitted = decideAdmissions(sessions, holding, limitsFor, room);
    expect(sessions.flatMap(({ id }, index) => (admitted.has(id) ? [index] : []))).toEqual(expected);
  });

  it('adds up fractions of processors', () => {
    const tenths = Array.from({ length: 11 }, (_, index) => ({
      id: `${index}`,
      ownerId: `${index}`,
      labId: 'net',
      cpus: 0.1,
      memoryBytes: 1,
      systems: [{ cpus: 0.1, memoryBytes: 1, machine: false }],
    }));
    expect(decideAdmissions(tenths, [], limits({ cpus: 1 })).size).toBe(10);
  });
});

it('lets nobody past one whose system fits on no node now', () => {
  const nodes = new NodeRoom([
    { cpus: 4, memoryBytes: 200, machines: true },
    { cpus: 4, memoryBytes: 200, machines: true },
  ]);
  const room = { cpus: 8, memoryBytes: 400 };
  expect([...decideAdmissions(waiting('ada/net', 'bob/net*3', 'cem/net'), [], limits(), room, nodes)]).toEqual([
    '0:ada/net',
  ]);
});
