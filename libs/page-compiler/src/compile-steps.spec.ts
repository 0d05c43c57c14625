import { describe, expect, it } from 'vitest';
import { compileOne } from './testing/compile.fixture.js';

const text = (value: string) => ({ type: 'text', value });
const paragraph = (value: string) => ({ type: 'paragraph', children: [text(value)] });

describe('steps', () => {
  const markdown = `::::step{#ping title="Ping it" points=2}
:::hint[A nudge]{cost=1}
Say **it**.
:::
::check{system=attacker run="ping -c1 {{ flag }}" timeout=20s retries=2 auto=10s message="No answer." expect="/ttl=\\d+/i"}
::check{system=server from=files/check.sh expect="json:a[0].b=up"}
::::

:::step{#look title="Look around"}
::tick{label="Seen"}
:::
`;

  it('keep commands of checks, expectations and hints from learners', () => {
    const { page, answers, diagnostics } = compileOne(markdown);
    expect(diagnostics).toEqual([]);
    expect(page.steps).toMatchObject([
      {
        id: 'ping',
        page: '01-start',
        kind: 'check',
        title: 'Ping it',
        points: 2,
        checks: ['ping.check-1', 'ping.check-2'],
        hints: [{ id: 'ping.hint-1', cost: 1 }],
      },
      { id: 'look', kind: 'tick', points: 1 },
    ]);
    expect(page.nodes).toEqual([
      {
        type: 'step',
        id: 'ping',
        children: [
          { type: 'hint', id: 'ping.hint-1', cost: 1, title: 'A nudge' },
          { type: 'check', id: 'ping.check-1', message: 'No answer.', autoS: 10 },
          { type: 'check', id: 'ping.check-2' },
        ],
      },
      { type: 'step', id: 'look', children: [{ type: 'tick', label: 'Seen' }] },
    ]);
    expect(JSON.stringify(page)).not.toMatch(/ping -c1|ttl=|Say/);
    expect(answers.hints['ping.hint-1']).toMatchObject({ step: 'ping', cost: 1, children: [{ type: 'paragraph' }] });
    expect(answers.checks).toMatchObject({
      'ping.check-1': {
        system: 'attacker',
        run: [text('ping -c1 '), { type: 'variable', name: 'flag' }],
        expect: { kind: 'regex', source: String.raw`ttl=\d+`, flags: 'i' },
        timeoutS: 20,
        retries: 2,
        autoS: 10,
      },
      'ping.check-2': {
        system: 'server',
        run: [text('sh -s')],
        stdin: 'files/check.sh',
        expect: { kind: 'json', path: ['a', 0, 'b'], value: [text('up')] },
        timeoutS: 10,
      },
    });
  });
});

describe('quizzes', () => {
  const quiz = (body: string, attributes = '') => {
    const { page, answers, findings } = compileOne(`:::quiz{#q title="Q?" attempts=2 ${attributes}}\n${body}\n:::`);
    return { node: page.nodes[0], answer: answers.quizzes['q'], step: page.steps[0], findings };
  };

  it('with one ticked option are single choice, and keep the answer and what is said to it', () => {
    const { node, answer, step } = quiz('Read *first*.\n\n- [ ] a\n- [x] b\n\n  Right, **b**.');
    expect(step).toMatchObject({ id: 'q', kind: 'quiz', attempts: 2, points: 1 });
    expect(node).toMatchObject({
      type: 'quiz',
      kind: 'single',
      options: [
        { id: '1', children: [text('a')] },
        { id: '2', children: [text('b')] },
      ],
      children: [{ type: 'paragraph' }],
    });
    expect(JSON.stringify(node)).not.toContain('Right');
    expect(answer).toMatchObject({ kind: 'single', correct: '2', optionFeedback: { '2': [{ type: 'paragraph' }] } });
  });

  it('with several ticked options are multiple choice, also when it is said for one', () => {
    expect(quiz('- [x] a\n- [ ] b\n- [x] c').answer).toMatchObject({ kind: 'multiple', correct: ['1', '3'] });
    expect(quiz('- [x] a\n- [ ] b', 'type=multiple').answer).toMatchObject({ kind: 'multiple', correct: ['1'] });
  });

  it('may ask for a text or a number', () => {
    const texts = quiz(':::: feedback\n', 'type=text answer="{{ flag }}" accept="one | two"');
    expect(texts.answer).toMatchObject({
      kind: 'text',
      accept: [[{ type: 'variable', name: 'flag' }], [text('one')], [text('two')]],
      caseSensitive: false,
    });
    const number = quiz('x', 'type=number answer="1,5" tolerance=0.1 unit=ms placeholder="0"');
    expect(number.answer).toEqual({ kind: 'number', correct: 1.5, tolerance: 0.1 });
    expect(number.node).toMatchObject({ kind: 'number', unit: 'ms', placeholder: '0' });
    expect(number.findings).toEqual([]);
  });

  it('may say something to every answer', () => {
    const { page, answers, findings } = compileOne(
      '::::quiz{#q title="Q?" type=number answer=3}\n:::feedback\nCount again.\n:::\n::::',
    );
    expect(findings).toEqual([]);
    expect(answers.quizzes['q']).toMatchObject({ feedback: [paragraph('Count again.')] });
    expect(JSON.stringify(page)).not.toContain('Count again');
  });
});
