import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { refusals } from '../i18n/de/refusals.js';
import { wordsFor } from './problem.js';

/** Says which text is chosen instead of the text; only those of refusals are there. */
const i18n = createInstance();
await i18n.init({ lng: 'en', fallbackLng: false, resources: { de: { translation: { refusal: refusals } } } });
const { t } = i18n;
const failed = (status: number, detail = 'said by the server', code = 'x') => new ApiError({ status, code, detail });

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

  it.each([
    ['German has words of its own', 'de', failed(409, 'said by the server', 'lab_archived'), refusals['lab_archived']],
    ['German has them for what is not there', 'de', failed(404, '', 'lab_not_found'), refusals['lab_not_found']],
    ['an unknown code keeps the words of the server', 'de', failed(409), 'said by the server'],
    ['without any, there are general ones', 'de', failed(409, ''), 'app.error.other'],
    ['a gap in the words of the server stays', 'de', failed(400, 'write "{{ x }}", $t(y)'), 'write "{{ x }}", $t(y)'],
    ['a status with words of its own keeps them', 'de', failed(403, 'no', 'lab_archived'), 'app.error.forbidden'],
    ['English has the words of the server', 'en', failed(409, 'for 3 labs', 'image_in_use'), 'for 3 labs'],
  ])('in the language of the page: %s', (_, language, error, text) => {
    expect(wordsFor(error, i18n.getFixedT(language)).text).toBe(text);
  });
});
