import { describe, expect, it } from 'vitest';
import { EventHistory } from './event-history.js';
import type { SeenEvent } from './event-hub.js';

const seen = (sequence: number): SeenEvent => ({
  sequence,
  event: {
    specversion: '1.0',
    id: `e${sequence}`,
    source: 'spec',
    type: 'lab.requested.v1',
    subject: 's',
    time: '2026-01-01T00:00:00Z',
    datacontenttype: 'application/json',
    data: {},
  },
});
const filled = (size: number, first: number, last: number) => {
  const history = new EventHistory(size);
  for (let sequence = first; sequence <= last; sequence += 1) history.add(seen(sequence));
  return history;
};
const sequences = (events: SeenEvent[] | undefined) => events?.map(({ sequence }) => sequence);

describe('EventHistory', () => {
  it('gives what follows, and nothing when nothing does', () => {
    const history = filled(10, 5, 8);
    expect(sequences(history.after(6))).toEqual([7, 8]);
    expect(sequences(history.after(8))).toEqual([]);
    expect(sequences(history.after(4))).toEqual([5, 6, 7, 8]);
  });

  it('does not know what happened before its first event', () => {
    expect(filled(10, 5, 8).after(3)).toBeUndefined();
  });

  it('does not know a sequence from the future: the stream was made anew', () => {
    expect(filled(10, 5, 8).after(9)).toBeUndefined();
  });

  it('knows that nothing happened since the start', () => {
    const history = new EventHistory();
    history.beginAfter(100);
    expect(history.after(100)).toEqual([]);
    expect(history.after(99)).toBeUndefined();
  });

  it('keeps a bounded number and says so', () => {
    const history = filled(10, 1, 100);
    expect(history.after(50)).toBeUndefined();
    expect(sequences(history.after(95))).toEqual([96, 97, 98, 99, 100]);
  });

  it('forgets everything at a gap', () => {
    const history = filled(10, 1, 5);
    history.clear();
    expect(history.after(5)).toBeUndefined();
    history.add(seen(9));
    expect(sequences(history.after(8))).toEqual([9]);
  });
});
