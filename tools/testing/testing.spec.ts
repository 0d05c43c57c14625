import { describe, expect, it } from 'vitest';
import { countsOf } from './counts.ts';
import { failuresOf } from './failures.ts';
import { parseParts, runsOf } from './parts.ts';
import { summary } from './summary.ts';

describe('parseParts', () => {
  it.each([
    [[], ['lint', 'types', 'unit', 'int', 'e2e']],
    [['unit'], ['unit']],
    [
      ['e2e', 'lint'],
      ['lint', 'e2e'],
    ],
    [['--help'], undefined],
  ])('%j', (args, expected) => {
    expect(parseParts(args, false)).toEqual(expected);
  });
  it('runs what needs a cluster where one is at hand, or when asked', () => {
    expect(parseParts([], true)).toEqual(['lint', 'types', 'unit', 'int', 'e2e', 'cluster']);
    expect(parseParts(['cluster'], false)).toEqual(['cluster']);
  });
  it.each([[['units']], [['--watch']]])('refuses %j with advice', (args) => {
    expect(() => parseParts(args, false)).toThrow(expect.objectContaining({ name: 'Advice' }));
  });
});

it('builds the images once', () => {
  expect(runsOf(['int', 'e2e']).map((run) => run.name)).toEqual(['base images', 'integration', 'end to end']);
});

describe('the report of a run', () => {
  const report = (numFailedTests: number, ...testResults: { status: string; tests: string[] }[]) => ({
    numPassedTests: 5,
    numFailedTests,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: testResults.map(({ status, tests }) => ({
      name: '/checkout/a.spec.ts',
      status,
      message: 'no such module\n  at a.spec.ts',
      assertionResults: tests.map((test) => ({
        status: test,
        fullName: `a test that ${test}`,
        failureMessages: ['\u001b[31mexpected 1\u001b[39m\n  at a.spec.ts'],
      })),
    })),
  });
  it.each([
    ['all green', report(0, { status: 'passed', tests: ['passed'] }), 0, 0, []],
    [
      'a failed test is not counted again as a file',
      report(1, { status: 'failed', tests: ['failed', 'passed'] }),
      1,
      1,
      ['a.spec.ts: a test that failed: expected 1'],
    ],
    ['a file that cannot be loaded', report(0, { status: 'failed', tests: [] }), 1, 1, ['a.spec.ts: no such module']],
    ['an error outside of all tests', report(0, { status: 'passed', tests: ['passed'] }), 1, 1, []],
  ])('%s', (_, vitest, exitCode, failed, failures) => {
    expect(countsOf(vitest, exitCode)).toEqual({ passed: 5, failed, skipped: 2 });
    expect(failuresOf(vitest, '/checkout')).toEqual(failures);
  });
});

it('ends with what failed and the line that scripts read', () => {
  const failures = ['a.spec.ts: adds: expected 1', 'b.spec.ts: no such module'];
  const text = summary([
    { name: 'lint', passed: 0, failed: 1, skipped: 0, seconds: 1.23, failures: [] },
    { name: 'unit', passed: 120, failed: 2, skipped: 3, seconds: 61, failures },
  ]);
  expect(text.split('\n')).toEqual([
    'part   passed   failed   skipped     time',
    'lint        0        1         0    1.2 s',
    'unit      120        2         3   61.0 s',
    '',
    '✗ lint',
    '✗ unit: a.spec.ts: adds: expected 1',
    '✗ unit: b.spec.ts: no such module',
    '',
    '120 passed, 3 failed',
  ]);
});

it('names nothing where all is well', () => {
  const text = summary([{ name: 'lint', passed: 1, failed: 0, skipped: 0, seconds: 1, failures: [] }]);
  expect(text.split('\n').slice(-3)).toEqual(['lint        1        0         0   1.0 s', '', '1 passed, 0 failed']);
});
