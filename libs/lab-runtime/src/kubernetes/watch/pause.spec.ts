import { describe, expect, it } from 'vitest';
import { apiErrorOf, connectionError } from '../client/api-error.js';
import { pauseMs } from './pause.js';

const refused = connectionError('GET /api', new Error('connect ECONNREFUSED'));
const failing = apiErrorOf('Watching pods', 500, '');
const busy = apiErrorOf('Watching pods', 429, '', '7');
const forgotten = apiErrorOf('Watching pods', 410, '');

describe('the pause before the next watch', () => {
  it.each([
    ['ended as it should', 0, undefined, 0, 1000],
    ['was forgotten by the server', 1, forgotten, 0, 1000],
    ['found nobody, for the first time', 1, refused, 100, 200],
    ['found nobody, for the thirtieth time', 30, refused, 750, 1500],
    ['was refused by a server in trouble, for the thirtieth time', 30, failing, 10_000, 20_000],
    ['ended without a word, for the thirtieth time', 30, undefined, 10_000, 20_000],
    ['was asked to come later', 3, busy, 7000, 7250],
  ])('of one that %s', (_name, failures, error, least, most) => {
    expect([pauseMs(failures, error, 0), pauseMs(failures, error, 1)]).toEqual([least, most]);
  });
});
