import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyLanes } from './key-lanes.js';
import { Room } from './room.js';

describe('KeyLanes', () => {
  it('keeps the order of a key, and lets keys pass each other', async () => {
    const lanes = new KeyLanes();
    const log: string[] = [];
    const step = (name: string, ms: number) => async () => {
      await sleep(ms);
      log.push(name);
    };
    await Promise.all([
      lanes.run('a', step('a1', 20)),
      lanes.run('a', step('a2', 0)),
      lanes.run('b', step('b1', 5)),
      lanes.run('a', step('a3', 0)),
    ]);
    expect(log).toEqual(['b1', 'a1', 'a2', 'a3']);
  });
});

describe('Room', () => {
  it('tells when there is room, and when everybody has left', async () => {
    const room = new Room(2);
    room.enter();
    room.enter();
    expect(() => room.enter()).toThrow('full');
    const order: string[] = [];
    const waits = [room.idle().then(() => order.push('idle')), room.whenFree(1).then(() => order.push('one'))];
    room.leave();
    await new Promise(setImmediate);
    expect(order).toEqual(['one']);
    room.leave();
    await Promise.all(waits);
    expect(order).toEqual(['one', 'idle']);
  });
});
