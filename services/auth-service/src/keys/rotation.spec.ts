import { describe, expect, it } from 'vitest';
import { nextKeyOf, publishedOf, type ScheduledKey, signerOf } from './rotation.js';

const rules = { periodS: 1000, leadS: 100, overlapS: 60 };
const at = (seconds: number) => new Date(seconds * 1000);
const key = (kid: string, signsFromS: number, publishedUntilS?: number): ScheduledKey => ({
  kid,
  signsFrom: at(signsFromS),
  publishedUntil: publishedUntilS === undefined ? null : at(publishedUntilS),
});

describe('rotation of signing keys', () => {
  it('creates the first key at once', () => {
    expect(nextKeyOf([], at(5), rules)).toEqual({ signsFrom: at(5), retireOthersAt: at(5) });
  });

  it('does nothing while the newest key has time left', () => {
    expect(nextKeyOf([key('a', 0)], at(899), rules)).toBeUndefined();
  });

  it('publishes the next key before it signs, and the old one until its last token has expired', () => {
    expect(nextKeyOf([key('a', 0)], at(900), rules)).toEqual({ signsFrom: at(1000), retireOthersAt: at(1060) });
  });

  it('does not create a second follower', () => {
    expect(nextKeyOf([key('a', 0, 1060), key('b', 1000)], at(901), rules)).toBeUndefined();
  });

  it.each([
    [950, 'a', ['b', 'a']],
    [1000, 'b', ['b', 'a']],
    [1059, 'b', ['b', 'a']],
    [1060, 'b', ['b']],
  ])('at %i s %s signs and %j are published', (now, signer, published) => {
    const keys = [key('a', 0, 1060), key('b', 1000)];
    expect(signerOf(keys, at(now))?.kid).toBe(signer);
    expect(publishedOf(keys, at(now)).map(({ kid }) => kid)).toEqual(published);
  });

  it('catches up after a long stop', () => {
    expect(nextKeyOf([key('a', 0)], at(50_000), rules)).toEqual({ signsFrom: at(50_100), retireOthersAt: at(50_160) });
  });
});
