import type { QuizAnswer } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { splitTemplate } from '../variables/template.js';
import { type GivenAnswer, grade } from './grade.js';
import { meetsExpectation } from './meets-expectation.js';
import { parseExpectation } from './parse-expectation.js';

const template = (text: string) => splitTemplate(text, () => true);
const says = (value: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value }] }];

describe('expectations', () => {
  it.each<[written: string, output: string, met: boolean]>([
    ['ok', 'all ok here', true],
    ['ok', 'all OK here', false],
    ['{{ flag }}', 'is abc.', true],
    ['{{ other }}', '{{ other }}', false],
    ['/^up$/m', 'down\nup\n', true],
    ['/^UP$/', 'up', false],
    ['/^3$/', '3\n', true],
    ['/^3$/', '3\n\n', false],
    ['/UP/i', 'up', true],
    ['/a.b/s', 'a\nb', true],
    ['/etc/passwd', 'see /etc/passwd', true],
    ['json:state=up', '{"state":"up"}', true],
    ['json:items[1].n=2', '{"items":[{"n":1},{"n":2}]}', true],
    ['json:items[1].n=3', '{"items":[{"n":1},{"n":2}]}', false],
    ['json:ok=true', '{"ok":true}', true],
    ['json:name={{ flag }}', '{"name":"abc"}', true],
    ['json:a=b=c', '{"a":"b=c"}', true],
    ['json:a=1', 'not json', false],
    ['json:constructor=1', '{}', false],
    ['json:a.b=1', '{"a":null}', false],
  ])('%s of %j is met: %s', (written, output, met) => {
    const expectation = parseExpectation(written, template);
    if ('problem' in expectation) throw new Error(expectation.problem);
    expect(meetsExpectation(expectation, output, { flag: 'abc' })).toBe(met);
  });

  it.each([
    '',
    '/(/',
    '/a{1001}{1001}/',
    String.raw`/\1/`,
    '/{{ flag }}/',
    'json:a',
    'json:=1',
    'json:a..b=1',
    'json:[x]=1',
  ])('cannot be %s', (written) => {
    expect(parseExpectation(written, template)).toHaveProperty('problem');
  });

  it('take linear time where other engines take forever', () => {
    const expectation = parseExpectation('/^(a+)+$/', template);
    if ('problem' in expectation) throw new Error(expectation.problem);
    const started = performance.now();
    expect(meetsExpectation(expectation, `${'a'.repeat(20_000)}!`, {})).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('grade', () => {
  const single: QuizAnswer = {
    kind: 'single',
    correct: '2',
    optionFeedback: { '1': says('no') },
    feedback: says('so'),
  };
  const multiple: QuizAnswer = { kind: 'multiple', correct: ['1', '3'], optionFeedback: {} };
  const text: QuizAnswer = { kind: 'text', accept: [template('The {{ flag }}'), template('x')], caseSensitive: false };
  const exact: QuizAnswer = { ...text, caseSensitive: true };
  const number: QuizAnswer = { kind: 'number', correct: 1.5, tolerance: 0.1 };

  it.each<[quiz: QuizAnswer, given: GivenAnswer, correct: boolean]>([
    [single, '2', true],
    [single, ['2'], true],
    [single, '1', false],
    [single, ['1', '2'], false],
    [single, [], false],
    [multiple, ['3', '1'], true],
    [multiple, ['1', '1', '3'], true],
    [multiple, ['1'], false],
    [multiple, ['1', '2', '3'], false],
    [multiple, '1', false],
    [text, ' the  ABC ', true],
    [text, 'X', true],
    [text, 'the', false],
    [text, ['x'], false],
    [exact, 'The abc', true],
    [exact, 'the abc', false],
    [number, 1.5, true],
    [number, '1,6', true],
    [number, ' 1.39 ', false],
    [number, '1.5ms', false],
    [number, '', false],
    [number, ['1.5'], false],
    [{ kind: 'number', correct: 0.1 + 0.2, tolerance: 0 }, '0.3', true],
  ])('%j for %j: %s', (quiz, given, correct) => {
    expect(grade(quiz, given, { flag: 'abc' }).correct).toBe(correct);
  });

  it('says what the author says to the option, then to all answers', () => {
    expect(grade(single, '1', {}).feedback).toEqual([...says('no'), ...says('so')]);
    expect(grade(single, 'constructor', {}).feedback).toEqual(says('so'));
  });

  it('accepts nothing while a variable in the answer has no value', () => {
    expect(grade(text, 'The {{ flag }}', {}).correct).toBe(false);
  });
});
