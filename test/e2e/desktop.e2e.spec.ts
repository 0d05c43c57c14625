import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { leftIn } from './support/engine.ts';
import { InstructionsPane } from './support/instructions.ts';
import { coloursOf } from './support/pixels.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

let browser: Browser;
let page: Page;
let workspace: Workspace;
let instructions: InstructionsPane;
beforeAll(async () => {
  browser = await openBrowser();
  page = await Workspace.signIn(await browser.newContext({ locale: 'en' }), product().url, product().learner);
});
afterAll(() => browser?.close());

const step = (title: string) => instructions.steps().filter({ hasText: title });
const isDone = (title: string, timeout: number) =>
  expect.poll(() => step(title).getAttribute('data-done'), { timeout }).toBe('true');

describe('a learner works in the lab "A desktop in the browser"', () => {
  it('starts it, and sees the desktop', async () => {
    workspace = await Workspace.start(page, 'A desktop in the browser');
    instructions = new InstructionsPane(page);
    await instructions.pane.getByRole('button', { name: 'The screen', exact: true }).click();
    const canvas = page.getByRole('tabpanel').locator('canvas');
    await expect.poll(() => coloursOf(canvas), { timeout: 60_000 }).toBeGreaterThan(3);
  });

  it('opens programs on it by mouse: the picture changes', async () => {
    const canvas = page.getByRole('tabpanel').locator('canvas');
    const before = await canvas.screenshot();
    await canvas.click({ button: 'right', position: { x: 300, y: 250 } });
    await expect.poll(async () => before.equals(await canvas.screenshot()), { timeout: 30_000 }).toBe(false);
  });

  it('does the steps, and the checks look at the same system', async () => {
    const terminal = await workspace.terminal(/shell/i);
    await terminal.run('echo "a note of mine" > ~/public/note.txt; cat ~/public/note.txt');
    await terminal.shows('a note of mine');
    await step('Write a note')
      .getByRole('button', { name: /^Check/ })
      .click();
    await isDone('Write a note', 30_000);
    const api = await Api.signIn(product().url, product().learner);
    const { displayName } = await api.call<{ displayName: string }>('GET', '/users/me');
    await terminal.run(`echo 'written by ${displayName}' >> ~/public/note.txt`);
    await isDone('Take something with you', 60_000);
    await instructions.doStep(step('Serve a page, and read it'), new Map());
  });

  it('ends it, and nothing of it is left', async () => {
    const { sessionId } = workspace;
    await workspace.end();
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });
});
