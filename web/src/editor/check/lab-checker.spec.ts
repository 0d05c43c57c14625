// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { newLab } from '../model/new-lab.js';
import { type Checked, type CheckAnswer, LabCheck, type CheckQuestion } from './lab-check.js';
import { LabChecker } from './lab-checker.js';

/** Answers when it is told to, with the real checks. */
function rig() {
  const questions: CheckQuestion[] = [];
  const checked: Checked[] = [];
  const lab = new LabCheck();
  let reply: (answer: CheckAnswer) => void = () => undefined;
  const checker = new LabChecker({
    open: (onAnswer) => {
      reply = onAnswer;
      return { postMessage: (question) => questions.push(question), terminate: () => undefined };
    },
    onChecked: (one) => checked.push(one),
    onSchema: () => undefined,
    onFailure: () => undefined,
  });
  const answer = () => {
    const question = questions.at(-1);
    if (question !== undefined) reply(lab.answer(question));
  };
  return { checker, questions, checked, answer };
}

describe('LabChecker', () => {
  const files = newLab({ id: 'a', title: 'A', language: 'en' });
  const labFile = String(files.get('lab.yaml'));

  it('finds what the server would find, and sends only what has changed', () => {
    const { checker, questions, checked, answer } = rig();
    checker.check(files, {});
    answer();
    expect(checked[0]?.diagnostics).toEqual([]);
    expect(checked[0]?.names?.systems).toMatchObject([{ name: 'desk', access: [{ name: 'shell' }] }]);
    checker.check(new Map(files).set('lab.yaml', labFile.replace('image:', 'imge:')), {});
    expect(questions[1]?.set.map(([path]) => path)).toEqual(['lab.yaml']);
    answer();
    expect(checked[1]?.diagnostics).toMatchObject([
      { code: 'missing_field' },
      { line: 13, column: 5, message: 'unknown field "imge"; did you mean "image"?' },
    ]);
  });

  it('asks once for all that was typed while it was busy', () => {
    const { checker, questions, checked, answer } = rig();
    checker.check(files, {});
    checker.check(new Map(files).set('a', '1'), {});
    checker.check(new Map(files).set('a', '2'), {});
    expect(questions).toHaveLength(1);
    answer();
    expect(questions).toHaveLength(2);
    expect(questions[1]?.set).toEqual([['a', '2']]);
    answer();
    expect([questions.length, checked.length]).toEqual([2, 2]);
  });
});
