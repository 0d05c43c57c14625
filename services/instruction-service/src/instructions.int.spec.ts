import { TickStepRequest } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { LabAtWork } from './testing/lab-at-work.fixture.js';

const lab = new LabAtWork();

describe('pages', () => {
  it('are listed with their steps, and how far one is', async () => {
    const seen = await lab.me.overview();
    expect(seen).toMatchObject({ languages: ['en'], language: 'en', canAct: true, userId: lab.learner.userId });
    expect(
      seen.pages.map(({ slug, title, steps }) => [slug, title, steps.map(({ id, kind }) => `${id} ${kind}`)]),
    ).toEqual([
      ['01-start', 'Start', ['look tick', 'reach check', 'ttl quiz']],
      ['02-next', 'Next', ['said check', 'flag quiz']],
    ]);
    expect(seen.progress).toEqual({ steps: 5, done: 0, points: 0, maxPoints: 9 });
    expect(seen.states.map(({ id, done, points }) => [id, done, points])).toEqual([
      ['look', false, 2],
      ['reach', false, 3],
      ['ttl', false, 1],
      ['said', false, 1],
      ['flag', false, 2],
    ]);
  });

  it('have the values of their session in them, and nothing of the answers', async () => {
    const shown = JSON.stringify(await lab.me.page('01-start'));
    expect(shown).toMatch(/Your flag is [0-9a-f]{16}, the server is 10\.1\.0\.3, you are Ada, and you like /);
    expect(shown).toContain('"problem":"unset"');
    for (const hidden of ['marker-one', 'check.sh', 'Look at the script', 'correct'])
      expect(shown).not.toContain(hidden);
  });

  it('show staff no secret of a learner', async () => {
    const own = await lab.me.flag();
    const shown = JSON.stringify(await lab.me.page('01-start', lab.lecturer));
    expect(shown).not.toContain(own);
    expect(shown).toMatch(/Your flag is •+, the server/);
    expect(await lab.me.page('01-start', lab.lecturer)).toMatchObject({ userId: lab.learner.userId, canAct: false });
  });

  it('show what was filled in, to the one who filled it in', async () => {
    await lab.me.fillIn('colour', '*green* {{ flag }}');
    const seen = await lab.me.page('01-start');
    expect(seen.answers).toEqual({ colour: '*green* {{ flag }}' });
    expect(JSON.stringify(seen.page.nodes)).toContain('you like *green* {{ flag }}.');
    await expect(lab.me.fillIn('flag', 'mine')).rejects.toMatchObject({
      code: 'answer_not_found',
    });
  });

  it.each([
    ['a line end', 'green\nid'],
    ['an escape sequence', 'green\u001b[201~'],
  ])('keep %s that was filled in, and have it typed nowhere', async (_, value) => {
    await lab.me.fillIn('colour', value);
    const { answers, page } = await lab.me.page('02-next');
    expect(answers).toEqual({ colour: value });
    expect(page.nodes.find(({ type }) => type === 'command')).toMatchObject({
      run: [
        { type: 'text', value: 'echo ' },
        { type: 'variable', name: 'colour', problem: 'unsafe' },
      ],
    });
    expect(await lab.me.check('said')).toMatchObject({ passed: true });
    expect(await lab.me.answer('flag', value)).toMatchObject({ correct: false, step: { quiz: { given: value } } });
  });

  it('that are not there are not found', async () => {
    await expect(lab.me.page('03-gone')).rejects.toMatchObject({ code: 'page_not_found', status: 404 });
  });
});

describe('ticks', () => {
  it('earn points, can be taken back, and are told', async () => {
    const done = await lab.me.tick(true);
    expect(done.step).toMatchObject({ id: 'look', done: true, points: 2, doneAt: expect.any(String) });
    expect(done.progress).toEqual({ steps: 5, done: 1, points: 2, maxPoints: 9 });
    expect((await lab.me.tick(true)).step.doneAt).toBe(done.step.doneAt);
    expect((await lab.me.tick(false)).progress).toMatchObject({ done: 0, points: 0 });
    expect(await lab.me.told(2)).toEqual([
      ['step.completed.v1', { ...lab.facts(), stepId: 'look', points: 2 }],
      ['step.reopened.v1', { ...lab.facts(), stepId: 'look', reopenedById: lab.learner.userId }],
    ]);
  });

  it('of many tabs at once complete a step once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => lab.me.tick(true)));
    expect(new Set(answers.map(({ step }) => step.doneAt)).size).toBe(1);
    expect(answers.every(({ progress }) => progress.done === 1 && progress.points === 2)).toBe(true);
    await lab.me.tick(false);
    expect((await lab.me.told(2)).map(([type]) => type)).toEqual(['step.completed.v1', 'step.reopened.v1']);
  });

  it('do not stand for checks and quizzes', async () => {
    for (const stepId of ['reach', 'ttl'])
      await expect(
        lab.rig.ask(TickStepRequest, { sessionId: lab.sessionId, stepId, done: true }, lab.learner),
      ).rejects.toMatchObject({
        code: 'step_not_by_hand',
      });
    await expect(
      lab.rig.ask(TickStepRequest, { sessionId: lab.sessionId, stepId: 'nobody', done: true }, lab.learner),
    ).rejects.toMatchObject({
      code: 'step_not_found',
    });
  });
});

describe('quizzes', () => {
  it('count their attempts, also of many at once', async () => {
    const outcomes = await Promise.allSettled(
      ['1', '3', '4', '5', '6', '7'].map((given) => lab.me.answer('ttl', given)),
    );
    const codes = outcomes.map((each) => (each.status === 'fulfilled' ? 'ok' : each.reason.code)).toSorted();
    expect(codes).toEqual(['no_attempts_left', 'no_attempts_left', 'no_attempts_left', 'no_attempts_left', 'ok', 'ok']);
    expect((await lab.me.overview()).states.find(({ id }) => id === 'ttl')?.quiz).toMatchObject({
      attempts: 2,
      attemptsLeft: 0,
    });
  });

  it('take a repeat for the same answer', async () => {
    const first = await lab.me.answer('ttl', '1');
    expect(first).toMatchObject({ correct: false, attemptsLeft: 1, step: { done: false } });
    expect((await lab.me.answer('ttl', '1')).attemptsLeft).toBe(1);
    expect(await lab.me.answer('ttl', '2')).toMatchObject({
      correct: true,
      attemptsLeft: 0,
      step: { done: true, points: 1 },
    });
    expect(await lab.me.answer('ttl', '2')).toMatchObject({ correct: true, attemptsLeft: 0 });
    await expect(lab.me.answer('ttl', '1')).rejects.toMatchObject({ code: 'already_answered' });
  });

  it('know the values of their session, and do not tell them', async () => {
    const flag = await lab.me.flag();
    const wrong = await lab.me.answer('flag', 'f'.repeat(16));
    expect(JSON.stringify(wrong)).not.toContain(flag);
    expect(wrong).toMatchObject({ correct: false, attemptsLeft: null });
    expect(await lab.me.answer('flag', ` ${flag.toUpperCase()} `)).toMatchObject({ correct: true });
  });
});

describe('hints', () => {
  it('cost once, and never more than there is', async () => {
    const first = await lab.me.hint();
    expect(first).toMatchObject({ cost: 1, step: { points: 2, hints: [{ id: first.hint.id }] } });
    expect(JSON.stringify(first.hint.children)).toMatch(/Try [0-9a-f]{16}\./);
    expect((await lab.me.hint(first.hint.id)).step.points).toBe(2);
    expect(await lab.me.hint()).toMatchObject({ cost: 5, step: { points: 0 } });
    await expect(lab.me.hint()).rejects.toMatchObject({ code: 'no_more_hints' });
    await expect(lab.me.hint('nobody')).rejects.toMatchObject({ code: 'hint_not_found' });
    lab.me.mark('marker-one');
    lab.me.mark('marker-two');
    expect(await lab.me.check()).toMatchObject({ step: { done: true, points: 0 }, progress: { done: 1, points: 0 } });
  });

  it('at once open each one once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => lab.me.hint()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await lab.me.overview()).states.find(({ id }) => id === 'reach')?.hints).toHaveLength(2);
  });
});
