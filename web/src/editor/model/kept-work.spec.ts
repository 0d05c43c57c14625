// @vitest-environment node
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { forgetWork, keepWork, recallWork, workKey } from './kept-work.js';

describe('unsaved work', () => {
  it('is kept for each person and lab, with its bytes, until it is forgotten', async () => {
    const work = {
      from: { labId: 'l', slug: 'a', version: 3, digest: 'd' },
      patch: { set: [['a.png', new Uint8Array([0, 1])] as [string, Uint8Array<ArrayBuffer>]], removed: ['b'] },
      keptAt: 5,
      by: 'w1',
    };
    const key = workKey('u1', 'l');
    expect(await keepWork(key, work)).toBe(true);
    expect(await recallWork(key)).toEqual(work);
    expect(await recallWork(workKey('u2', 'l'))).toBeUndefined();
    expect(await recallWork(workKey('u1', undefined))).toBeUndefined();
    await forgetWork(key, 'w2');
    expect(await recallWork(key)).toEqual(work);
    await forgetWork(key, 'w1');
    expect(await recallWork(key)).toBeUndefined();
  });
});
