import { describe, expect, it } from 'vitest';
import type { SystemStatus } from './session.entity.js';
import { changesOf, isLost, linesOf, withAllReady } from './system-changes.js';

const status = (
  state: SystemStatus['state'],
  stage: SystemStatus['stage'],
  more: Partial<SystemStatus> = {},
): SystemStatus => ({ name: 'server', state, stage, ...more });
const lines = (before: SystemStatus[], after: SystemStatus[]) =>
  linesOf(changesOf(before, after)).map(({ code, text }) => `${code}: ${text}`);

describe('lines of the log', () => {
  it.each<[string, SystemStatus[], SystemStatus[], string[]]>([
    ['a new system', [], [status('starting', 'image')], ['system_image: server: getting its image']],
    ['another stage', [status('starting', 'disk')], [status('starting', 'boot')], ['system_boot: server: booting']],
    ['ready', [status('starting', 'boot')], [status('ready', 'ready')], ['system_ready: server: ready']],
    ['only percent', [status('starting', 'image', { percent: 1 })], [status('starting', 'image', { percent: 2 })], []],
    ['nothing', [status('ready', 'ready')], [status('ready', 'ready')], []],
    [
      'broken',
      [status('ready', 'ready')],
      [status('broken', 'boot', { reason: { code: 'x', text: 'out of memory', advice: '' } })],
      ['system_broken: server: broken (out of memory)'],
    ],
  ])('for %s', (_, before, after, expected) => expect(lines(before, after)).toEqual(expected));
});

it('sees a change of percent, but not another order of keys', () => {
  expect(
    changesOf([status('starting', 'image', { percent: 1 })], [status('starting', 'image', { percent: 2 })]),
  ).toHaveLength(1);
  const reordered = { stage: 'ready', addresses: { b: '2', a: '1' }, state: 'ready', name: 'server' } as const;
  expect(changesOf([status('ready', 'ready', { addresses: { a: '1', b: '2' } })], [reordered])).toEqual([]);
});

it('makes everything ready but what is stopped on purpose', () => {
  const systems = withAllReady([status('starting', 'boot', { percent: 3 }), status('stopped', 'boot')]);
  expect(systems.map(({ state, percent }) => [state, percent])).toEqual([
    ['ready', undefined],
    ['stopped', undefined],
  ]);
});

it.each([
  ['absent', true],
  ['starting', true],
  ['broken', true],
  ['ready', false],
  ['paused', false],
  ['stopped', false],
] as const)('a system that is %s is lost: %s', (state, expected) =>
  expect(isLost(status(state, 'boot'))).toBe(expected),
);
