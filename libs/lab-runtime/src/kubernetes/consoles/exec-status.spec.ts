import { describe, expect, it } from 'vitest';
import { isMissingProgram, readExecStatus } from './exec-status.js';
import { refusalOf } from './refusal.js';

const failed = (causes: object[], more: object = {}) =>
  JSON.stringify({ status: 'Failure', reason: 'NonZeroExitCode', message: 'it failed', details: { causes }, ...more });

describe('readExecStatus', () => {
  it.each([
    ['success', '{"metadata":{},"status":"Success"}', { exitCode: 0 }],
    ['an exit code', failed([{ reason: 'ExitCode', message: '137' }]), { exitCode: 137 }],
    ['an exit code among other causes', failed([{}, { reason: 'ExitCode', message: '3' }]), { exitCode: 3 }],
    ['an exit code that is none', failed([{ reason: 'ExitCode', message: '1; rm' }]), { failure: 'it failed' }],
    ['no causes', failed([]), { failure: 'it failed' }],
    ['null details', failed([], { details: null }), { failure: 'it failed' }],
    [
      'a command that never ran',
      '{"status":"Failure","reason":"InternalError","message":"container not found (\\"web\\")","code":500}',
      { failure: 'container not found ("web")' },
    ],
    ['a failure without words', '{"status":"Failure"}', { failure: 'The command could not be run.' }],
    ['text', 'no json', { failure: 'no json' }],
    ['nothing', '', { failure: 'The command ended without saying how.' }],
    ['another type', '[1]', { failure: '[1]' }],
    ['wrong types', '{"status":1}', { failure: '{"status":1}' }],
  ])('reads %s', (_, text, expected) => {
    expect(readExecStatus(text)).toEqual(expected);
  });

  it('keeps a long failure short', () => {
    const status = readExecStatus(JSON.stringify({ status: 'Failure', message: 'x'.repeat(100_000) }));
    expect('failure' in status && status.failure.length).toBe(2000);
  });

  it.each([
    ['exec: "sh": executable file not found in $PATH: unknown', true],
    ['exec: "/bin/x": stat /bin/x: no such file or directory', true],
    ['container not found ("web")', false],
  ])('knows a program that the image does not have: %s', (failure, expected) => {
    expect(isMissingProgram(failure)).toBe(expected);
  });
});

describe('refusalOf', () => {
  const status = (message: string) => JSON.stringify({ kind: 'Status', message });

  it.each([
    [400, status('VMI is not running'), 'unreachable', true],
    [404, status('virtualmachineinstance "a" not found'), 'unreachable', true],
    [409, status('VMI is paused'), 'unreachable', true],
    [429, status('slow down'), 'unreachable', true],
    [500, status('dialing virt-handler: no such file'), 'unreachable', true],
    [503, 'service unavailable', 'unreachable', true],
    [401, '', 'insufficient_rights', false],
    [403, status('forbidden'), 'insufficient_rights', false],
  ])('%i: %s', (code, body, expected, retryable) => {
    expect(refusalOf(code, body, 'The screen of a')).toMatchObject({ code: expected, retryable });
  });

  it('says what was refused, and why, in a few words', () => {
    expect(refusalOf(400, status('VMI is not running'), 'The screen of a').message).toBe(
      'The screen of a: VMI is not running (400)',
    );
    expect(refusalOf(503, 'y'.repeat(10_000), 'It').message.length).toBeLessThan(600);
    expect(refusalOf(502, '', 'It').message).toBe('It: no reason given (502)');
  });
});
