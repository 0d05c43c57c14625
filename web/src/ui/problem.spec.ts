import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { wordsFor } from './problem.js';

/** Says which text is chosen instead of the text. */
const i18n = createInstance();
await i18n.init({ lng: 'cimode' });
const { t } = i18n;
const failed = (status: number, detail = 'said by the server') => new ApiError({ status, code: 'x', detail });

describe('wordsFor', () => {
  it.each([
    ['no answer', failed(0), 'app.error.unreachable'],
    ['a mistake of the caller', failed(422), 'said by the server'],
    ['what is not there', failed(404), 'said by the server'],
    ['what is not there, without words', failed(404, ''), 'app.error.missing'],
    ['a change in between', failed(412), 'app.error.conflict'],
    ['a bug', failed(500), 'app.error.server'],
    ['a service that restarts', failed(503), 'app.error.busy'],
    ['anything else that is thrown', new Error('x is undefined'), 'app.error.server'],
  ])('%s', (_, error, text) => {
    expect(wordsFor(error, t).text).toBe(text);
  });

  it.each([
    ['says how long to wait', 7, 'app.error.tooManyWait'],
    ['says to wait', undefined, 'app.error.tooManyAdvice'],
  ])('%s', (_, retryAfterS, advice) => {
    const error = new ApiError({ status: 429, code: 'x', detail: '', retryAfterS });
    expect(wordsFor(error, t).advice).toBe(advice);
  });
});
