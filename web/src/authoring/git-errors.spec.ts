// @vitest-environment node
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { gitErrors, isToldAtFields } from './git-errors.js';

const i18n = createInstance();
await i18n.init({ lng: 'de', resources: { de: { translation: { refusal: { git_unreachable: 'Nicht lesbar.' } } } } });
const { t } = i18n;
const error = (code: string, errors: { path: string; message: string }[] = []) =>
  new ApiError({ status: 400, code, detail: 'detail', errors });

describe('gitErrors', () => {
  it.each([
    ['an address that does not answer', error('git_unreachable'), { url: 'Nicht lesbar.' }],
    ['a branch that is not there', error('git_ref_not_found'), { ref: 'detail' }],
    ['a field', error('validation', [{ path: 'git.path', message: 'too long' }]), { path: 'too long' }],
    ['anything else', error('quota_exceeded'), {}],
    ['no answer of the server', new Error('x'), {}],
  ])('places %s', (_, given, fields) => {
    expect(gitErrors(given, t)).toEqual(fields);
    expect(isToldAtFields(given, t)).toBe(Object.keys(fields).length > 0);
  });

  it('leaves findings about the lab to the list', () => {
    const findings = error('invalid_lab', [{ path: 'lab.yaml:1:1', message: 'm' }]);
    expect(isToldAtFields(findings, t)).toBe(false);
  });
});
