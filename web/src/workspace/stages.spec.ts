// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { stageDots } from './stages.js';

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
