import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrorsOf, parseInput } from './field-errors.js';
import { isConflict, isTransient } from './is-transient.js';
import { isBug, problemOf } from './problem-of.js';
import { TransientError } from './transient-error.js';
import { UserError } from './user-error.js';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const statusCode = (status: number) => Object.assign(new Error('x'), { statusCode: status });

describe('problemOf', () => {
  it.each([
    [new UserError('session_over'), { status: 400, code: 'session_over', title: 'Bad Request' }],
    [
      new UserError('gone', { status: 410, detail: 'Ended.' }),
      { status: 410, code: 'gone', title: 'Gone', detail: 'Ended.' },
    ],
    [
      new TransientError('10.0.0.1 away', { retryAfterS: 4 }),
      { status: 503, code: 'temporarily_unavailable', retryAfterS: 4 },
    ],
    [withCode('57P01'), { status: 503, code: 'temporarily_unavailable', retryAfterS: 1 }],
    [new NotFoundException('secret path'), { status: 404, code: 'not_found', detail: 'Not Found' }],
    [statusCode(413), { status: 413, code: 'too_large' }],
    [statusCode(415), { status: 415, code: 'unsupported_media_type' }],
    [statusCode(502), { status: 500, code: 'internal_error' }],
    [new ServiceUnavailableException('secret'), { status: 500, code: 'internal_error' }],
    [new Error('secret'), { status: 500, code: 'internal_error' }],
    ['secret', { status: 500, code: 'internal_error' }],
    [undefined, { status: 500, code: 'internal_error' }],
  ])('%s', (error, expected) => {
    const problem = problemOf(error, 'request-1');
    expect(problem).toMatchObject({ ...expected, requestId: 'request-1' });
    expect(JSON.stringify(problem)).not.toMatch(/secret|10\.0\.0\.1/);
    expect(isBug(error)).toBe(expected.code === 'internal_error');
  });

  it('and back keeps a user error as it was', () => {
    const error = new UserError('quota', {
      status: 429,
      detail: 'd',
      errors: [{ path: 'a', message: 'm' }],
      retryAfterS: 3,
    });
    expect(UserError.fromProblem(problemOf(error))).toEqual(error);
  });
});

describe('field errors', () => {
  it('have dotted paths, from zod and from any Standard Schema', () => {
    expect(fieldErrorsOf([{ message: 'm', path: ['systems', 0, { key: 'image' }] }, { message: 'n' }])).toEqual([
      { path: 'systems.0.image', message: 'm' },
      { path: '', message: 'n' },
    ]);
  });

  it('are no more than somebody can read', () => {
    const numbers = z.array(z.int());
    const input = Array.from({ length: 1_000 }, () => 'x');
    expect(() => parseInput(numbers, input)).toThrow(expect.objectContaining({ code: 'invalid_request', status: 400 }));
    expect(numbers.safeParse(input).error?.issues.length).toBe(1_000);
    expect(fieldErrorsOf(numbers.safeParse(input).error?.issues ?? [])).toHaveLength(50);
  });
});

describe('isTransient', () => {
  it.each([
    [withCode('40001'), true],
    [withCode('40P01'), true],
    [withCode('57P01'), true],
    [withCode('ECONNRESET'), true],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('outer', { cause: withCode('ECONNREFUSED') }), true],
    [new TransientError('x'), true],
    [withCode('23505'), false],
    [new UserError('x'), false],
    [new Error('x'), false],
    ['x', false],
  ])('%s: %s', (error, expected) => {
    expect(isTransient(error)).toBe(expected);
  });

  it('knows a conflict, which is safe to repeat even at COMMIT, from a cut', () => {
    expect([isConflict(withCode('40001')), isConflict(withCode('57P01'))]).toEqual([true, false]);
  });
});
