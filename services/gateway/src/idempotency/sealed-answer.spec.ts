import { describe, expect, it } from 'vitest';
import { openAnswer, placeOf, sealAnswer } from './sealed-answer.js';

const answer = { status: 201, body: { token: 'lab_secret' }, etag: '"1"' };

describe('kept answers', () => {
  it('come back for the same key', () => {
    expect(openAnswer(sealAnswer(answer, 'key-1'), 'key-1')).toEqual(answer);
  });

  it('cannot be read without it', () => {
    const sealed = sealAnswer(answer, 'key-1');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('lab_secret');
    expect(() => openAnswer(sealed, 'key-2')).toThrow();
  });

  it('have a place of their own per caller, route and key', () => {
    const places = [
      placeOf('a', 'startSession', 'k'),
      placeOf('b', 'startSession', 'k'),
      placeOf('a', 'createUser', 'k'),
      placeOf('a', 'startSession', 'k2'),
    ];
    expect(new Set(places).size).toBe(4);
    expect(placeOf('a', 'startSession', 'k')).toBe(places[0]);
  });
});
