import { describe, expect, it } from 'vitest';
import { apiErrorOf, connectionError } from '../client/api-error.js';
import { Refusals } from './refusals.js';

const refusal = (message: string, status = 403) =>
  apiErrorOf('Creating Pod web', status, JSON.stringify({ kind: 'Status', reason: 'Forbidden', message }));
const said = (rest: string) => refusal(`pods "web" is forbidden: ${rest}`);

describe('pods that are not let in', () => {
  it.each([
    ['a quota', said('exceeded quota: site, requested: pods=1, used: pods=1, limited: pods=1'), 30_000],
    ['a quota that wants to know more', said('failed quota: site: must specify requests.cpu for: system'), 30_000],
    ['a limit', said('maximum memory usage per Container is 40Mi, but limit is 64Mi'), 0],
    ['a limit below', said('minimum cpu usage per Pod is 1, but request is 100m'), 0],
    ['a ratio', said('cpu max limit to request ratio per Container is 2, but provided ratio is 5.0'), 0],
  ])('are a system’s trouble when %s lasts', (_, error, afterMs) => {
    const refusals = new Refusals();
    expect(refusals.note('ns', 'web', error, 1000)).toBe(afterMs === 0);
    expect(refusals.note('ns', 'web', error, 1000 + afterMs)).toBe(true);
    expect(refusals.lasting('ns', 'web', 999 + afterMs)).toBeUndefined();
    // Without the words that are for machines.
    expect(`pods "web" is forbidden: ${refusals.lasting('ns', 'web', 1000 + afterMs)}`).toBe(
      error.message.replace('Creating Pod web: ', ''),
    );
    expect(refusals.lasting('ns', 'other', 1000 + afterMs)).toBeUndefined();
    refusals.forget('ns', 'web');
    expect(refusals.lasting('ns', 'web', 1000 + afterMs)).toBeUndefined();
  });

  it.each([
    ['Pod Security', said('violates PodSecurity "restricted:latest": privileged')],
    ['rights', refusal('User "x" cannot create resource "pods"')],
    ['an answer that does not come', connectionError('x', new Error('ECONNREFUSED'))],
    ['a conflict', refusal('exceeded quota', 409)],
    ['anything else', new Error('exceeded quota')],
  ])('are no matter of limits when it is %s', (_, error) => {
    const refusals = new Refusals();
    expect(refusals.note('ns', 'web', error, 0)).toBe(false);
    expect(refusals.lasting('ns', 'web', 1_000_000)).toBeUndefined();
  });

  it('are forgotten when nobody tries any more', () => {
    const refusals = new Refusals();
    const error = said('exceeded quota: site');
    refusals.note('ns', 'web', error, 0);
    refusals.note('ns', 'other', error, 2 * 3_600_000);
    expect(refusals.lasting('ns', 'web', 2 * 3_600_000)).toBeUndefined();
  });
});
