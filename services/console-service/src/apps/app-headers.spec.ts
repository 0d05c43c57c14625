import { describe, expect, it } from 'vitest';
import { headersForApp, headersFromApp, visitCookieOf } from './app-headers.js';

describe('visitCookieOf', () => {
  it.each([
    [undefined, undefined],
    ['a=1', undefined],
    ['a=1; __Host-lab-app=secret; b=2', 'secret'],
    ['x__Host-lab-app=secret', undefined],
  ])('of %j is %j', (cookie, visit) => expect(visitCookieOf({ cookie })).toBe(visit));
});

describe('headersForApp', () => {
  it('keeps the visit to itself and leaves out what belongs to this hop', () => {
    const headers = headersForApp({
      host: 'a.apps.localhost',
      cookie: 'a=1; __Host-lab-app=secret; b=2',
      connection: 'close',
      upgrade: 'h2c',
      accept: '*/*',
    });
    expect(headers).toEqual({ host: 'a.apps.localhost', cookie: 'a=1; b=2', accept: '*/*' });
  });
  it('sends no empty cookie', () => expect(headersForApp({ cookie: '__Host-lab-app=secret' })).toEqual({}));
});

describe('headersFromApp', () => {
  it.each([
    ['drops a domain, so that no other lab is reached', ['a=1; Domain=apps.localhost; Path=/'], ['a=1; Path=/']],
    ['whatever its spelling', ['a=1; dOmAiN = .apps.localhost'], ['a=1']],
    ['refuses to let an app write our cookie', ['__Host-lab-app=evil; Path=/', 'b=2'], ['b=2']],
  ])('%s', (_, before, after) => expect(headersFromApp({ 'set-cookie': before })['set-cookie']).toEqual(after));
});
