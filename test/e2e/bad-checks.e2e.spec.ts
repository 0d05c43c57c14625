import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckResult, Instructions } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { leftIn } from './support/engine.ts';
import { boxLab, labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';

const step = (id: string, run: string, more = '') =>
  `:::step{#${id} title="${id}"}\n::check{system=box run="${run}" message="Not yet: ${id}." ${more}}\n:::\n`;

const folder = {
  'lab.yaml': boxLab('bad-checks', 'Checks that go wrong'),
  'pages/en/01-checks.md': [
    step('hangs', 'sleep 4711', 'timeout=2s'),
    step('floods', 'yes; true', 'timeout=3s'),
    step('floods-and-passes', 'yes | head -c 5000000; echo done', 'timeout=20s'),
    step('kills-its-shell', 'kill -9 $$'),
    step('kills-all', 'kill -9 -1'),
    step('passes', 'true'),
    step('lasts', 'touch /tmp/began; sleep 4712; touch /tmp/ended', 'timeout=55s'),
  ].join('\n'),
};

let api: Api;
let author: Api;
let sessionId: string;

beforeAll(async () => {
  author = await Api.signIn(product().url, product().lecturer);
  api = await Api.signIn(product().url, product().learner);
  const { lab } = await author.upload<{ lab: { id: string } }>('/labs', await labFolder(folder));
  await author.call('PATCH', `/labs/${lab.id}`, { visibility: 'public' });
  ({ id: sessionId } = await api.start(lab.id));
  await api.reaches(sessionId, ['ready'], 120_000);
});
afterAll(() => api?.end(sessionId).catch(() => undefined));

const check = (stepId: string) => api.call<CheckResult>('POST', `/sessions/${sessionId}/steps/${stepId}/check`, {});
const instructions = () => api.call<Instructions>('GET', `/sessions/${sessionId}/instructions`);

describe('a check that goes wrong in a real system', () => {
  it.each([
    ['hangs', 'timed_out'],
    ['floods', 'timed_out'],
    ['kills-its-shell', 'failed'],
  ])('%s: the learner is told, soon, and the next check works', async (stepId, outcome) => {
    const startedAt = performance.now();
    const result = await check(stepId);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(result).toMatchObject({
      passed: false,
      message: `Not yet: ${stepId}.`,
      checks: [{ passed: false, outcome }],
      step: { done: false },
    });
    // What a check printed is the author's.
    expect(JSON.stringify(result)).not.toContain('y\\ny');
    expect(await check('passes')).toMatchObject({ passed: true });
  });

  it('prints more than anybody wants, and passes', async () => {
    const result = await check('floods-and-passes');
    expect(result).toMatchObject({ passed: true, step: { done: true } });
    expect(JSON.stringify(result).length).toBeLessThan(10_000);
  });

  it('kills every process but itself: the session goes on, and checks work again', async () => {
    // Whoever kills all is left alive, and passes; unless what waits for it went along.
    const { checks } = await check('kills-all');
    expect(['passed', 'failed']).toContain(checks[0]?.outcome);
    await api.reaches(sessionId, ['ready'], 90_000);
    await expect
      .poll(async () => (await check('passes').catch(() => ({ passed: false }))).passed, { timeout: 60_000 })
      .toBe(true);
  });

  it('runs while the session is ended: it changes nothing, and nothing of it is left', async () => {
    const running = check('lasts').then(
      ({ passed }) => `passed: ${passed}`,
      (error: Error) => error.message,
    );
    await sleep(1_500);
    await api.end(sessionId);
    expect(await running).toMatch(/session_over|409|passed: false/);
    await api.reaches(sessionId, ['ended'], 60_000);
    const { states } = await instructions();
    expect(states.find(({ id }) => id === 'lasts')).toMatchObject({ done: false });
    await expect(check('passes')).rejects.toThrow('409');
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });
});
