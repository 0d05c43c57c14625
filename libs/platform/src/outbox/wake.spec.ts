import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Timetable } from './timetable.js';
import { Wake } from './wake.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

describe('Wake', () => {
  it('waits no longer than told', async () => {
    const waiting = new Wake().within(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await waiting;
  });

  it('wakes at once when the bell rings, and remembers a ring that came before', async () => {
    const bell = new Wake();
    const waiting = bell.within(1_000);
    bell.call();
    await waiting;
    bell.call();
    bell.call();
    await bell.within(1_000);
    let woken = false;
    const third = bell.within(1_000).then(() => (woken = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(woken).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await third;
  });
});

describe('Timetable', () => {
  it('gives each chore its interval, the first one at once', () => {
    const due = new Timetable({ often: 10, rarely: 100 });
    expect([due.take('often'), due.take('rarely'), due.take('often')]).toEqual([true, true, false]);
    vi.advanceTimersByTime(10);
    expect([due.take('often'), due.take('rarely')]).toEqual([true, false]);
    due.now('rarely');
    expect(due.take('rarely')).toBe(true);
  });
});
