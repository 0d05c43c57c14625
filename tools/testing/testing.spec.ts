import { describe, expect, it } from 'vitest';
import { countsOf } from './counts.ts';
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

describe('countsOf', () => {
  const report = (numFailedTests: number, ...testResults: { status: string; tests: string[] }[]) => ({
    numPassedTests: 5,
    numFailedTests,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: testResults.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });
  it.each([
    ['all green', report(0, { status: 'passed', tests: ['passed'] }), 0, 0],
    ['a failed test is not counted again as a file', report(1, { status: 'failed', tests: ['failed'] }), 1, 1],
    ['a file that cannot be loaded', report(0, { status: 'failed', tests: [] }), 1, 1],
    ['an error outside of all tests', report(0, { status: 'passed', tests: ['passed'] }), 1, 1],
  ])('%s', (_, vitest, exitCode, failed) => {
    expect(countsOf(vitest, exitCode)).toEqual({ passed: 5, failed, skipped: 2 });
  });
});

it('ends with the line that scripts read', () => {
  const text = summary([
    { name: 'lint', passed: 1, failed: 0, skipped: 0, seconds: 1.23 },
    { name: 'unit', passed: 120, failed: 2, skipped: 3, seconds: 61 },
  ]);
  expect(text.split('\n')).toEqual([
    'part   passed   failed   skipped     time',
    'lint        1        0         0    1.2 s',
    'unit      120        2         3   61.0 s',
    '',
    '121 passed, 2 failed',
  ]);
});
