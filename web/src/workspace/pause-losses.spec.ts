import { describe, expect, it } from 'vitest';
import { losesSomething, pauseLosses } from './pause-losses.js';

const systems = [
  { name: 'shell', title: 'Your workstation', kind: 'container' },
  { name: 'server', title: 'Server', kind: 'vm' },
  { name: 'router', title: 'Router', kind: 'vm' },
] as const;
const later = { afterS: 7200, systems: ['server'] };
const nothing = { containers: [], machines: [], later: undefined, freezesMachines: true };

describe('what a pause takes', () => {
  it.each([
    ['nothing where all is frozen', { pauseLoses: [] }, nothing, false],
    ['containers', { pauseLoses: ['shell'] }, { ...nothing, containers: ['Your workstation'] }, true],
    ['machines, and others stay', { pauseLoses: ['server'] }, { ...nothing, machines: ['Server'] }, true],
    [
      'both, and no machine is frozen',
      { pauseLoses: ['shell', 'server', 'router'] },
      { ...nothing, containers: ['Your workstation'], machines: ['Server', 'Router'], freezesMachines: false },
      true,
    ],
    [
      'machines after a time',
      { pauseLoses: [], pauseLosesLater: later },
      { ...nothing, later: { afterS: 7200, machines: ['Server'] } },
      true,
    ],
  ])('%s', (_, told, losses, some) => {
    expect(pauseLosses({ systems, ...told })).toEqual(losses);
    expect(losesSomething(pauseLosses({ systems, ...told }))).toBe(some);
  });

  it('is nothing without machines that freeze', () => {
    expect(pauseLosses({ systems: systems.slice(0, 1), pauseLoses: [] }).freezesMachines).toBe(false);
  });
});
