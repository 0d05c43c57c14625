// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { gitErrors, isToldAtFields } from './git-errors.js';

const error = (code: string, errors: { path: string; message: string }[] = []) =>
  new ApiError({ status: 400, code, detail: 'detail', errors });

describe('gitErrors', () => {
  it.each([
    ['an address that does not answer', error('git_unreachable'), { url: 'detail' }],
    ['a branch that is not there', error('git_ref_not_found'), { ref: 'detail' }],
    ['a field', error('validation', [{ path: 'git.path', message: 'too long' }]), { path: 'too long' }],
    ['anything else', error('quota_exceeded'), {}],
    ['no answer of the server', new Error('x'), {}],
  ])('places %s', (_, given, fields) => {
    expect(gitErrors(given)).toEqual(fields);
    expect(isToldAtFields(given)).toBe(Object.keys(fields).length > 0);
  });

  it('leaves findings about the lab to the list', () => {
    const findings = error('invalid_lab', [{ path: 'lab.yaml:1:1', message: 'm' }]);
    expect(isToldAtFields(findings)).toBe(false);
  });
});
