import type { Instructions } from '@lab-orchestrator/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { InstructionsPane } from './support/instructions.ts';
import { boxLab, labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

const STEPS = '**/api/v1/sessions/*/steps/*';
/** Long enough for the other tab to send the same, were it not kept from it. */
const ANSWERS_AFTER_MS = 1_500;
const step = (id: string) => `:::step{#${id} title="Step ${id}"}\n::tick\n:::\n`;
const folder = {
  'lab.yaml': boxLab('tick-tabs', 'Ticks in two tabs'),
  'pages/en/01-ticks.md': ['one', 'two', 'three'].map(step).join('\n'),
};

let browser: Browser;
let context: BrowserContext;
let api: Api;
let sessionId: string;
let tabs: Page[];

beforeAll(async () => {
  api = await Api.signIn(product().url, product().lecturer);
  const { lab } = await api.upload<{ lab: { id: string } }>('/labs', await labFolder(folder));
  ({ id: sessionId } = await api.start(lab.id));
  await api.reaches(sessionId, ['ready'], 120_000);
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en' });
  context.setDefaultTimeout(30_000);
  tabs = [await Workspace.signIn(context, product().url, product().lecturer), await context.newPage()];
});
afterAll(async () => {
  await browser?.close();
  await api?.end(sessionId).catch(() => undefined);
});

const tick = (page: Page, id: string) => new InstructionsPane(page).pane.getByRole('checkbox', { name: `Step ${id}` });
const onEach = (task: (page: Page) => Promise<unknown>) => Promise.all(tabs.map(task));

describe('ticks made in two tabs while the server is away', () => {
  it('both tabs know of both', async () => {
    await onEach((page) => page.goto(`${product().url}/sessions/${sessionId}`));
    await onEach((page) => tick(page, 'one').waitFor());
    await context.route(STEPS, (route) => route.abort());
    await tick(tabs[0]!, 'one').check();
    await tick(tabs[1]!, 'two').check();
    await onEach((page) => page.getByText('2 ticks are not sent yet').waitFor());
    await onEach((page) => expect.poll(() => tick(page, 'one').isChecked()).toBe(true));
    await onEach((page) => expect.poll(() => tick(page, 'two').isChecked()).toBe(true));
  });

  it('each is sent once when the server is back, and both tabs show it', async () => {
    const sent: string[] = [];
    await context.unroute(STEPS);
    await context.route(STEPS, async (route) => {
      sent.push(new URL(route.request().url()).pathname.split('/').at(-1) ?? '');
      await new Promise((resolve) => setTimeout(resolve, ANSWERS_AFTER_MS));
      await route.continue();
    });
    // Both try at once, as they do when the network comes back.
    await onEach((page) => page.evaluate(() => void dispatchEvent(new Event('online'))));
    await onEach((page) =>
      page
        .getByText(/not sent yet/)
        .first()
        .waitFor({ state: 'detached' }),
    );
    await onEach((page) => page.locator('section[data-done=true]').nth(1).waitFor());
    expect(sent.toSorted()).toEqual(['one', 'two']);
    const { states } = await api.call<Instructions>('GET', `/sessions/${sessionId}/instructions`);
    expect(
      states
        .filter(({ done }) => done)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['one', 'two']);
  });
});
