import { routes as contract } from '@lab-orchestrator/contracts';
import { routes } from 'virtual:contract';
import { describe, expect, it } from 'vitest';
import { problemError } from './api-error.js';
import { headersOf, urlOf } from './send.js';

describe('the routes of the browser', () => {
  it('are those of the contract', () => {
    expect(Object.keys(routes)).toEqual(Object.keys(contract));
    for (const [name, route] of Object.entries(contract)) {
      expect(Object.entries(routes).find(([key]) => key === name)?.[1]).toEqual({
        method: route.method,
        path: route.path,
        idempotent: route.idempotent,
      });
    }
  });
});

describe('urlOf', () => {
  it('escapes parameters and leaves out what is not asked for', () => {
    expect(urlOf('getSession', { params: { sessionId: 'a/../b' } })).toBe('/api/v1/sessions/a%2F..%2Fb');
    expect(urlOf('listLabs', { query: { search: 'ä b', tag: undefined, level: '' } })).toBe(
      '/api/v1/labs?search=%C3%A4+b',
    );
  });
});

describe('headersOf', () => {
  it('gives what creates a key, the same for the same intention', () => {
    expect(headersOf('startSession', { body: {}, idempotencyKey: 'k' })['Idempotency-Key']).toBe('k');
    expect(headersOf('startSession', { body: {} })['Idempotency-Key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headersOf('endSession', {})).not.toHaveProperty('Idempotency-Key');
  });

  it('leaves the content type of a form to the browser', () => {
    expect(headersOf('importLab', { form: new FormData() })).not.toHaveProperty('Content-Type');
  });
});

describe('problemError', () => {
  it('reads problem details', () => {
    const problem = {
      title: 't',
      code: 'quota_exceeded',
      detail: 'd',
      requestId: 'r',
      errors: [{ path: 'a', message: 'm' }],
    };
    expect(problemError(429, JSON.stringify(problem), '7')).toMatchObject({
      status: 429,
      code: 'quota_exceeded',
      message: 'd',
      requestId: 'r',
      retryAfterS: 7,
      errors: [{ path: 'a', message: 'm' }],
      passing: true,
    });
  });

  it.each(['', '<html>', 'null', '[]', '{"errors":[1]}'])('copes with %j of a proxy in between', (text) => {
    expect(problemError(502, text, null)).toMatchObject({ code: 'unexpected_answer', errors: [], passing: true });
  });
});
