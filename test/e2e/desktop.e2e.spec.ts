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

  it('writes a note, and the check looks at the same system', async () => {
    const terminal = await workspace.terminal(/shell/i);
    await terminal.run('echo "a note of mine" > ~/public/note.txt; cat ~/public/note.txt');
    await terminal.shows('a note of mine');
    await step('Write a note')
      .getByRole('button', { name: /^Check/ })
      .click();
    await isDone('Write a note', 30_000);
  });

  it('takes a text to the clipboard of the desktop, and pastes it into a program there', async () => {
    const terminal = await workspace.terminal(/shell/i);
    await terminal.run(
      'clear; DISPLAY=:0 xfce4-terminal --disable-server --fullscreen -x sh -c "cat >> ~/public/note.txt" >/dev/null 2>&1 &',
    );
    await terminal.run('until pgrep -x cat; do sleep 0.5; done; echo it-$((40+2))-reads');
    await terminal.shows('it-42-reads');
    await step('Take something with you')
      .getByRole('button', { name: /^To the clipboard of/ })
      .click();
    const canvas = page.getByRole('tabpanel').locator('canvas');
    await canvas.click({ position: { x: 300, y: 200 } });
    // The text arrives when the program asks for it, which is a moment after the keys.
    const pasted = async () => {
      await page.keyboard.press('Control+Shift+V');
      await page.waitForTimeout(1_000);
      await page.keyboard.press('Enter');
      return step('Take something with you').getAttribute('data-done');
    };
    await expect.poll(pasted, { timeout: 60_000, interval: 5_000 }).toBe('true');
    await page.keyboard.press('Control+d');
    const api = await Api.signIn(product().url, product().learner);
    const { displayName } = await api.call<{ displayName: string }>('GET', '/users/me');
    const shell = await workspace.terminal(/shell/i);
    await shell.run('clear; cat ~/public/note.txt');
    await shell.shows(`written by ${displayName}`);
  });

  it('serves a page from it', async () => {
    await instructions.doStep(step('Serve a page, and read it'), new Map());
  });

  it('ends it, and nothing of it is left', async () => {
    const { sessionId } = workspace;
    await workspace.end();
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });
});
