import { describe, expect, it } from 'vitest';
import { apiErrorOf, connectionError, hasStatus } from './api-error.js';
import { kindOf, kinds } from './kinds.js';
import { pathOf } from './kube-object.js';
import { defaultRetryRule, waitMs, withRetries } from './retry.js';

const status = (change: object) => JSON.stringify({ kind: 'Status', status: 'Failure', ...change });

describe('refusals of the API server', () => {
  it.each([
    [404, {}, 'not_found', false],
    [422, { reason: 'Invalid' }, 'invalid_spec', false],
    [400, {}, 'invalid_spec', false],
    [401, { reason: 'Unauthorized' }, 'insufficient_rights', true],
    [403, { reason: 'Forbidden', message: 'pods is forbidden: User "x" cannot create' }, 'insufficient_rights', false],
    [403, { reason: 'Forbidden', message: 'exceeded quota: session, requested: pods=1' }, 'unreachable', true],
    [403, { reason: 'Forbidden', details: { causes: [{ reason: 'NamespaceTerminating' }] } }, 'unreachable', true],
    [409, { reason: 'Conflict' }, 'unreachable', true],
    [429, {}, 'unreachable', true],
    [500, {}, 'unreachable', true],
    [503, {}, 'unreachable', true],
  ])('%i %j is %s', (code, said, expected, retryable) => {
    expect(apiErrorOf('Doing', code, status(said))).toMatchObject({ code: expected, retryable, status: code });
  });

  it('are told apart also when a proxy answers', () => {
    const error = apiErrorOf('Doing', 502, '<html>Bad gateway</html>');
    expect(error.message).toContain('Bad gateway');
    expect([hasStatus(error, 502), hasStatus(error, 404), hasStatus(new Error('x'), 502)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('carry what Retry-After says', () => {
    expect(apiErrorOf('Doing', 429, '', '3').retryAfterMs).toBe(3000);
    expect(apiErrorOf('Doing', 429, '', 'tomorrow').retryAfterMs).toBeUndefined();
  });
});

describe('repeating a call', () => {
  const rule = { tries: 3, firstWaitMs: 1, longestWaitMs: 2 };
  const failing = (errors: Error[]) => {
    let calls = 0;
    const call = () => {
      calls += 1;
      const error = errors.shift();
      return error ? Promise.reject(error) : Promise.resolve('done');
    };
    return { call, calls: () => calls };
  };

  it.each([
    ['no answer', connectionError('x', new Error('ECONNRESET')), 2],
    ['too many requests', apiErrorOf('x', 429, '', '0'), 2],
    ['a fault of the server', apiErrorOf('x', 500, ''), 2],
    ['an aggregated API that is away', apiErrorOf('x', 503, ''), 2],
  ])('goes on after %s', async (_, error, calls) => {
    const tried = failing([error]);
    expect(await withRetries(rule, tried.call)).toBe('done');
    expect(tried.calls()).toBe(calls);
  });

  it.each([404, 409, 403, 422])('does not repeat a %i', async (code) => {
    const tried = failing([apiErrorOf('x', code, '')]);
    await expect(withRetries(rule, tried.call)).rejects.toMatchObject({ status: code });
    expect(tried.calls()).toBe(1);
  });

  it('gives up', async () => {
    const tried = failing(Array.from({ length: 9 }, () => apiErrorOf('x', 500, '')));
    await expect(withRetries(rule, tried.call)).rejects.toMatchObject({ status: 500 });
    expect(tried.calls()).toBe(3);
  });

  it('waits as long as it is asked to', async () => {
    const since = performance.now();
    await withRetries(rule, failing([apiErrorOf('x', 429, '', '0.2')]).call);
    expect(performance.now() - since).toBeGreaterThanOrEqual(199);
  });

  it('waits longer each time, never longer than allowed, and as long as it is asked to', () => {
    expect([1, 2, 3].map((tried) => waitMs(defaultRetryRule, tried, undefined, 1))).toEqual([200, 400, 800]);
    expect(waitMs(defaultRetryRule, 20, undefined, 0)).toBe(2500);
    expect(waitMs(defaultRetryRule, 1, 7000, 0)).toBe(7000);
  });
});

it.each([
  [pathOf(kinds.namespace, undefined, 'a'), '/api/v1/namespaces/a'],
  [pathOf(kinds.pod, 'ns', 'p'), '/api/v1/namespaces/ns/pods/p'],
  [pathOf(kinds.pod), '/api/v1/pods'],
  [pathOf(kinds.networkPolicy, 'ns'), '/apis/networking.k8s.io/v1/namespaces/ns/networkpolicies'],
  [pathOf(kinds.pod, '../..', 'x?y'), '/api/v1/namespaces/..%2F../pods/x%3Fy'],
])('finds objects at %s', (path, expected) => {
  expect(path).toBe(expected);
});

it('does not write kinds that it does not know', () => {
  expect(() => kindOf({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' })).toThrow(/ClusterRole/);
});
