import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { barriersInBothThemes, barriersOf } from './support/barriers.ts';
import { openBrowser } from './support/browser.ts';
import { InstructionsPane } from './support/instructions.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';
import { writtenAnswers } from './support/written-answers.ts';

const LAB = 'Two hosts, one network';
const desk = { viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce', locale: 'en' } as const;

let browser: Browser;
let learner: BrowserContext;
let page: Page;
let lecturerPage: Page;
let labId: string;
let learnerName: string;

beforeAll(async () => {
  browser = await openBrowser();
  const api = await Api.signIn(product().url, product().learner);
  labId = await api.labNamed('two-hosts');
  ({ displayName: learnerName } = await api.call<{ displayName: string }>('GET', '/users/me'));
  learner = await browser.newContext(desk);
  const lecturer = await browser.newContext(desk);
  for (const context of [learner, lecturer]) context.setDefaultTimeout(60_000);
  page = await Workspace.signIn(learner, product().url, product().learner);
  lecturerPage = await Workspace.signIn(lecturer, product().url, product().lecturer);
});
afterAll(() => browser?.close());

/** The line of the learner in the lecturer's table: of the session that is open. */
const lineOf = (name: string) =>
  lecturerPage
    .getByRole('row')
    .filter({ has: lecturerPage.getByRole('button', { name: `Details of ${name}` }) })
    .first();

/** What stands in its column "Done". */
const doneOf = async (name: string) => (await lineOf(name).getByRole('cell').nth(2).innerText()).trim();

describe.each(['en', 'de'] as const)(
  'a learner does the lab "Two hosts, one network" by its pages in "%s"',
  (language) => {
    const answers = writtenAnswers('two-hosts', language);
    let workspace: Workspace;
    let instructions: InstructionsPane;
    let steps = 0;

    it('starts it and reads the first page in the chosen language', async () => {
      await page.goto(product().url);
      workspace = await Workspace.start(page, LAB);
      instructions = new InstructionsPane(page);
      await instructions.read(language);
      expect(await instructions.steps().count()).toBeGreaterThan(0);
      expect(await page.getByText('{{').count()).toBe(0);
    });

    it('sees its pictures', async () => {
      const picture = instructions.pane.locator('article img').first();
      await expect
        .poll(() => picture.evaluate(({ naturalWidth, width }: HTMLImageElement) => Math.min(naturalWidth, width)), {
          timeout: 15_000,
        })
        .toBeGreaterThan(100);
    });

    it('has no barrier', async () => {
      expect(await barriersInBothThemes(page)).toEqual([]);
    });

    it('does the first step; a second device and the lecturer see it without loading anything again', async () => {
      const device = await learner.newPage();
      await device.goto(page.url());
      const there = new InstructionsPane(device);
      await there.isOn(await instructions.title());
      await lecturerPage.goto(`${product().url}/labs/${labId}`);
      await lecturerPage.getByRole('link', { name: 'Progress of the class' }).click();
      await lecturerPage.getByRole('radiogroup', { name: 'Sessions' }).getByText('Open', { exact: true }).click();
      await expect.poll(() => doneOf(learnerName), { timeout: 15_000 }).toMatch(/^0 /);

      await instructions.doStep(instructions.steps().first(), answers);
      await expect.poll(() => there.steps().first().getAttribute('data-done'), { timeout: 10_000 }).toBe('true');
      await expect.poll(() => doneOf(learnerName), { timeout: 15_000 }).toMatch(/^1 /);
      await device.close();
    });

    it('does every other step of every page', { timeout: 1_200_000 }, async () => {
      do {
        const here = instructions.steps();
        const count = await here.count();
        steps += count;
        for (let index = 0; index < count; index += 1) {
          const step = here.nth(index);
          if ((await step.getAttribute('data-done')) !== 'true') await instructions.doStep(step, answers);
        }
      } while (await instructions.turn());
      await instructions.pane.getByText(/^You have done every step/).waitFor();
      await instructions.pane.getByRole('progressbar', { name: 'Progress of the lab' }).waitFor();
      expect(await instructions.pane.getByText('100 %').count()).toBe(1);
    });

    it('finds it as it was after a reload, with nothing typed again', async () => {
      const terminal = await workspace.terminal(/workstation/i);
      const before = (await terminal.text()).trim();
      await page.reload();
      await workspace.isReady();
      await instructions.pane.getByText(/^You have done every step/).waitFor();
      const after = await workspace.terminal(/workstation/i);
      await expect.poll(async () => (await after.text()).trim(), { timeout: 30_000 }).toBe(before);
    });

    it('the lecturer sees all of it, and opens a step again', async () => {
      const line = lineOf(learnerName);
      await expect.poll(() => doneOf(learnerName), { timeout: 30_000 }).toBe(`${steps} / ${steps}`);
      expect(await barriersInBothThemes(lecturerPage)).toEqual([]);
      await line.getByRole('button', { name: `Details of ${learnerName}` }).click();
      const dialog = lecturerPage.getByRole('dialog').first();
      const reopen = dialog.getByRole('button', { name: /^Reopen “/ });
      await expect.poll(() => reopen.count(), { timeout: 15_000 }).toBe(steps);
      expect(await barriersOf(lecturerPage)).toEqual([]);
      await reopen.last().click();
      await lecturerPage.getByRole('button', { name: 'Reopen', exact: true }).last().click();
      await expect.poll(() => doneOf(learnerName), { timeout: 15_000 }).toBe(`${steps - 1} / ${steps}`);
      await expect.poll(() => instructions.steps().last().getAttribute('data-done'), { timeout: 15_000 }).toBe('false');
      await lecturerPage.keyboard.press('Escape');
    });

    it('reads on in a window of their own, whose commands go to this workspace', async () => {
      while ((await instructions.pane.getByRole('button', { name: /^Back: “/ }).count()) > 0) {
        await instructions.pane.getByRole('button', { name: /^Back: “/ }).click();
      }
      await page.getByRole('button', { name: 'Arrange the instructions' }).click();
      const [window] = await Promise.all([
        learner.waitForEvent('page'),
        page.getByRole('menuitem', { name: 'In a window of their own' }).click(),
      ]);
      try {
        const apart = new InstructionsPane(window);
        const command = apart.pane.getByRole('button', { name: /^Type: ping/ }).first();
        await command.waitFor();
        expect(await barriersOf(window)).toEqual([]);
        const terminal = await workspace.terminal(/workstation/i);
        await terminal.run('clear; echo $((40+2)) lines before');
        await terminal.shows('42 lines before');
        await command.click();
        await terminal.shows(/42 lines before[\s\S]*ping -c3 server/);
        await page.getByRole('button', { name: 'Show them here' }).click();
        await instructions.pane.getByRole('heading', { level: 2 }).waitFor();
        await expect.poll(() => window.isClosed(), { timeout: 10_000 }).toBe(true);
      } finally {
        // Left open, it would keep the instructions from the workspace.
        await window.close();
      }
    });

    it('keeps a tick that is made while the server is away', async () => {
      await learner.route('**/api/v1/sessions/*/steps/*', (route) => route.abort());
      const tick = instructions.pane.getByRole('checkbox', { name: /:/ }).first();
      while ((await tick.count()) === 0 && (await instructions.turn()));
      const was = await tick.isChecked();
      await tick.click();
      await instructions.pane.getByText('1 tick is not sent yet').waitFor();
      await page.reload();
      await instructions.pane.getByText('1 tick is not sent yet').waitFor();
      await learner.unroute('**/api/v1/sessions/*/steps/*');
      await instructions.pane.getByText('1 tick is not sent yet').waitFor({ state: 'detached', timeout: 45_000 });
      expect(await tick.isChecked()).toBe(!was);
    });

    it('reads what was done after the end, and can change nothing', async () => {
      await workspace.end();
      await instructions.pane.getByText('The session has ended.').waitFor();
      expect(await instructions.pane.getByRole('button', { name: /^Check/ }).count()).toBe(0);
      expect(await barriersInBothThemes(page)).toEqual([]);
    });
  },
);
