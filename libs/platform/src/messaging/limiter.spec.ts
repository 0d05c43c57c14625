import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.js';

function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const state = { started: false, finish: resolve };
  return { state, run: () => ((state.started = true), promise) };
}

describe('Limiter', () => {
  it('starts as much as it may, queues what fits, refuses the rest', async () => {
    const limiter = new Limiter(2, 1);
    const works = Array.from({ length: 4 }, work);
    expect(works.map(({ run }) => limiter.tryRun(run))).toEqual([true, true, true, false]);
    expect(works.map(({ state }) => state.started)).toEqual([true, true, false, false]);
    expect(limiter.held).toBe(3);
    works[0]?.state.finish();
    await new Promise(setImmediate);
    expect(works.map(({ state }) => state.started)).toEqual([true, true, true, false]);
    let idle = false;
    const waiting = limiter.idle().then(() => (idle = true));
    works[1]?.state.finish();
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    works[2]?.state.finish();
    await waiting;
    expect(limiter.held).toBe(0);
  });

  it('is idle when it has never had anything to do', () => new Limiter(1, 1).idle());
});
