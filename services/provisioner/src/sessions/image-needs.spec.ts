import type { ImageObservation } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { imageVerdict } from './image-needs.js';

const image = (id: string) => ({
  id,
  name: id,
  kind: 'disk' as const,
  source: { kind: 'builtin' as const, name: 'small-vm' as const },
});
const needs = [
  { system: 'server', image: image('root') },
  { system: 'server', image: image('data') },
  { system: 'desk', image: image('desktop') },
];
const ready: ImageObservation = { state: 'ready' };
const importing = (percent?: number): ImageObservation => ({ state: 'importing', percent });
const reason = { code: 'checksum_mismatch', text: 'The checksum is wrong.', advice: 'Correct it.' };

describe('imageVerdict', () => {
  it('is ready when every image is', () => {
    expect(
      imageVerdict(
        needs,
        new Map([
          ['root', ready],
          ['data', ready],
          ['desktop', ready],
        ]),
      ),
    ).toEqual({ state: 'ready' });
  });

  it('waits for the slowest image of each system', () => {
    const verdict = imageVerdict(
      needs,
      new Map([
        ['root', importing(70)],
        ['data', importing(20)],
        ['desktop', ready],
      ]),
    );
    expect(verdict).toEqual({ state: 'waiting', percent: new Map([['server', 20]]) });
  });

  it('waits without a percentage where none is known', () => {
    expect(
      imageVerdict(
        needs,
        new Map([
          ['root', ready],
          ['data', ready],
        ]),
      ),
    ).toEqual({ state: 'waiting', percent: new Map([['desk', undefined]]) });
  });

  it('fails with the image that failed, and names the system', () => {
    const verdict = imageVerdict(
      needs,
      new Map<string, ImageObservation>([
        ['root', importing(3)],
        ['data', { state: 'failed', reason }],
      ]),
    );
    expect(verdict).toEqual({ state: 'failed', reason: { ...reason, system: 'server' } });
  });
});
