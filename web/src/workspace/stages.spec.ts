// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { canOpen, stageDots } from './stages.js';

describe('stageDots', () => {
  it.each([
    ['absent', 'image', 'todo todo todo todo'],
    ['starting', 'image', 'now todo todo todo'],
    ['starting', 'boot', 'done done now todo'],
    ['broken', 'disk', 'done bad todo todo'],
    ['ready', 'ready', 'done done done done'],
  ] as const)('%s at %s: %s', (state, stage, dots) => {
    expect(
      stageDots({ state, stage })
        .map((dot) => dot.state)
        .join(' '),
    ).toBe(dots);
  });
});

describe('canOpen', () => {
  it.each([
    ['vm', 'ready', 'ready', 'web', true],
    ['vm', 'starting', 'boot', 'serial', true],
    ['vm', 'starting', 'boot', 'desktop', true],
    ['vm', 'starting', 'boot', 'web', false],
    ['vm', 'starting', 'disk', 'serial', false],
    ['vm', 'broken', 'boot', 'serial', false],
    ['container', 'starting', 'boot', 'terminal', false],
    ['container', 'starting', 'boot', 'desktop', false],
  ] as const)('%s, %s at %s: %s is %s', (kind, state, stage, access, expected) => {
    expect(canOpen({ kind, state, stage }, access)).toBe(expected);
  });
});
