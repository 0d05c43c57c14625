import { setTimeout as sleep } from 'node:timers/promises';
import type { Instructions } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.ts';
import { openBrowser } from '../e2e/support/browser.ts';
import { InstructionsPane } from '../e2e/support/instructions.ts';
import { boxLab, labFolder } from '../e2e/support/lab-folder.ts';
import { product, productData } from '../e2e/support/product.ts';
import { Workspace } from '../e2e/support/workspace.ts';
import { eventsOf } from './support/event-log.ts';
import { comesBack, crash, everyPart, processesOf } from './support/processes.ts';

const steps = 60;
const stepId = (n: number) => `s${n}`;
const folder = {
  'lab.yaml': boxLab('many-ticks', 'Many ticks'),
  'pages/en/01-ticks.md': Array.from(
    { length: steps },
    (_, n) => `:::step{#${stepId(n)} title="Step ${n}" points=1}\n::tick\n:::\n`,
  ).join('\n'),
};

let api: Api;
let labId: string;
let sessionId: string;

beforeAll(async () => {
  const lecturer = await Api.signIn(product().url, product().lecturer);
  api = await Api.signIn(product().url, product().learner);
  const { lab } = await lecturer.upload<{ lab: { id: string } }>('/labs', await labFolder(folder));
  labId = lab.id;
  await lecturer.call('PATCH', `/labs/${labId}`, { visibility: 'public' });
  ({ id: sessionId } = await api.start(labId));
  await api.reaches(sessionId, ['ready'], 120_000);
});
afterAll(() => api?.end(sessionId).catch(() => undefined));

/** As the browser's queue does it: again until somebody answers. @returns how often it was asked */
async function tick(n: number): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const answer = await api
      .send('PUT', `/sessions/${sessionId}/steps/${stepId(n)}`, { done: true })
      .catch(() => undefined);
    if (answer?.ok) return tries;
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`a tick was refused: ${answer.status} ${await answer.text()}`);
    if (tries > 600) throw new Error(`nobody took the tick of ${stepId(n)}`);
    await sleep(200);
  }
}

it(
  'kill -9 of every service in the middle of ticking loses no tick and doubles none',
  { timeout: 900_000 },
  async () => {
    const events = () => eventsOf(productData(), sessionId);
    const killed: string[] = [];
    const killing = (async () => {
      for (const [name, part] of Object.entries(everyPart)) {
        const before = processesOf(productData(), part);
        expect(crash(productData(), part), name).toBeGreaterThan(0);
        killed.push(name);
        await comesBack(productData(), part, before);
        await sleep(1_000);
      }
    })();
    let asked = 0;
    let next = 0;
    // Two tabs tick every step, one right after the other, until the last part was killed.
    const done = killing.then(() => Infinity);
    while (next < steps) {
      const n = next;
      const tries = await Promise.all([tick(n), tick(n)]);
      asked += tries[0] + tries[1];
      next += 1;
      // Some are left until the end, so that each kill hits somebody who ticks.
      const share = (killed.length / Object.keys(everyPart).length) * steps;
      if (next > share) await Promise.race([done, sleep(300)]);
    }
    await killing;
    expect(asked, 'no kill hit a tick').toBeGreaterThan(steps * 2);

    const read = () => api.call<Instructions>('GET', `/sessions/${sessionId}/instructions`);
    await expect
      .poll(
        () =>
          read().then(
            ({ progress }) => progress.done,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(steps);
    const { states, progress } = await read();
    expect(states.every(({ done: isDone }) => isDone)).toBe(true);
    expect(progress.points).toBe(steps);

    // Every step was told once: by its id, which is what consumers count.
    const completed = async () => (await events()).filter(({ type }) => type === 'step.completed.v1');
    await expect.poll(async () => (await completed()).length, { timeout: 60_000 }).toBe(steps);
    await sleep(3_000);
    const told = (await completed()).map(({ stepId: id }) => id);
    expect(told.toSorted()).toEqual(Array.from({ length: steps }, (_, n) => stepId(n)).toSorted());
    expect((await events()).filter(({ type }) => type === 'instruction.completed.v1')).toHaveLength(1);
  },
);

it('a browser keeps the tick of a learner while the service hangs and dies, over a reload, and sends it once', async () => {
  await api.end(sessionId).catch(() => undefined);
  await api.reaches(sessionId, ['ended'], 90_000);
  ({ id: sessionId } = await api.start(labId));
  await api.reaches(sessionId, ['ready'], 120_000);
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce' });
    const page = await Workspace.signIn(context, product().url, product().learner);
    await page.goto(`${product().url}/sessions/${sessionId}`);
    const { pane } = new InstructionsPane(page);
    const box = pane.getByRole('checkbox', { name: 'Done: Step 7', exact: true });
    await box.waitFor();
    const before = processesOf(productData(), everyPart['instructionService'] ?? /^$/);
    for (const pid of before) process.kill(pid, 'SIGSTOP');
    await box.click();
    await pane.getByText('1 tick is not sent yet').waitFor({ timeout: 30_000 });
    expect(await box.isChecked()).toBe(true);
    crash(productData(), everyPart['instructionService'] ?? /^$/);
    await comesBack(productData(), everyPart['instructionService'] ?? /^$/, before);
    await page.reload();
    await box.waitFor({ timeout: 60_000 });
    await pane.getByText('1 tick is not sent yet').waitFor({ state: 'detached', timeout: 60_000 });
    expect(await box.isChecked()).toBe(true);
    const read = () => api.call<Instructions>('GET', `/sessions/${sessionId}/instructions`);
    await expect.poll(() => read().then(({ progress }) => progress.done), { timeout: 30_000 }).toBe(1);
    const told = await eventsOf(productData(), sessionId);
    expect(told.filter(({ type }) => type === 'step.completed.v1').map(({ stepId: id }) => id)).toEqual([stepId(7)]);
  } finally {
    await browser.close();
  }
});
