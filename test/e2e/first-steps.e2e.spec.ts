import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { leftIn } from './support/engine.ts';
import { InstructionsPane } from './support/instructions.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

let browser: Browser;
let page: Page;
let workspace: Workspace;

beforeAll(async () => {
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en' });
  page = await Workspace.signIn(context, product().url, product().learner);
});
afterAll(() => browser?.close());

describe('a learner takes the first steps in the lab "First steps in the shell"', () => {
  it('presses Start, and the workstation comes up', async () => {
    workspace = await Workspace.start(page, 'First steps in the shell');
  });

  it('types into the terminal and reads the files of the lab', async () => {
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('echo $((6*7)) is the answer in $(pwd); ls');
    await terminal.shows(/42 is the answer in \/home\/lab[\s\S]*harbour\.log[\s\S]*letters/);
  });

  it('does what a step asks for, and its check ticks it', async () => {
    const instructions = new InstructionsPane(page);
    await instructions.read('en');
    const step = instructions.steps().filter({ has: page.getByRole('heading', { name: /Read a letter/ }) });
    expect(await step.getAttribute('data-done')).toBe('false');
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('cp letters/ada.txt letter.txt && echo copied-$((1+1))');
    await terminal.shows('copied-2');
    await instructions.doStep(step, new Map());
    expect(await step.getAttribute('data-done')).toBe('true');
  });

  it('ends it, and nothing of it is left', async () => {
    const { sessionId } = workspace;
    await workspace.end();
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });
});
