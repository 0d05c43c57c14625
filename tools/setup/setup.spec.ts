import { describe, expect, it } from 'vitest';
import { crunStarts } from './crun.mjs';
import { majorOf } from './node-program.mjs';
import { firstDifference } from './npm-dependencies.mjs';
import { missingOf, PRODUCT_PACKAGES, TEST_PACKAGES } from './system-packages.mjs';

describe('firstDifference', () => {
  const locked = {
    '': { version: '1.0.0' },
    'node_modules/zod': { version: '4.0.0' },
    'node_modules/only-on-windows': { version: '1.0.0', optional: true },
    'node_modules/peer': { version: '1.0.0', peer: true },
    'node_modules/@lab-orchestrator/web': { link: true },
  };
  it.each([
    ['nothing is installed', {}, 'node_modules/zod'],
    ['an old version is', { 'node_modules/zod': { version: '3.0.0' } }, 'node_modules/zod'],
    ['all is, and more', { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/x': {} }, undefined],
  ])('%s', (_, installed, expected) => {
    expect(firstDifference(locked, installed)).toBe(expected);
  });
});

describe('missingOf', () => {
  const entry = { name: 'runc', reason: 'starts containers', anyOf: ['runc', 'crun'] };
  it('accepts any of several programs', () => {
    expect(missingOf([entry], (sign) => sign === 'crun')).toEqual([]);
    expect(missingOf([entry], () => false)).toEqual([entry]);
  });
  it('does not want what is configured elsewhere', () => {
    expect(missingOf([{ ...entry, unless: () => true }], () => false)).toEqual([]);
  });
  it('has a reason for every package', () => {
    for (const { name, reason } of [...PRODUCT_PACKAGES, ...TEST_PACKAGES]) expect(reason, name).toMatch(/\w+ \w+/);
  });
});

it.each([
  ['with all rights and version 2 of cgroups', true, 'CapEff:\t000001ffffffffff', true],
  ['where limits may not be raised', true, 'CapEff:\t000001fffeffffff', false],
  ['as nobody in particular', true, 'CapEff:\t0000000000000000', false],
  ['with version 1 of cgroups', false, 'CapEff:\t000001ffffffffff', false],
])('crun %s', (_, cgroup2, status, expected) => {
  expect(crunStarts(cgroup2, `Name:\tnode\n${status}\n`)).toBe(expected);
});

it.each([
  ['v20.11.1', 20],
  ['v8.0.0', 8],
  ['24.9.0', 24],
])('%s has the major version %i', (version, expected) => {
  expect(majorOf(version)).toBe(expected);
});
