import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { leftIn } from './support/engine.ts';
import { coloursOf } from './support/pixels.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let workspace: Workspace;
let sessionId: string;

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
});

describe('a learner works in the lab "Two hosts, one network"', () => {
  it('signs in, presses Start, and sees its systems come up', async () => {
    page = await Workspace.signIn(context, product().url, product().learner);
    workspace = await Workspace.start(page, 'Two hosts, one network');
    sessionId = workspace.sessionId;
  });

  it('types into a container and reads its answer', async () => {
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('echo $((6*7)) is the answer');
    await terminal.shows('42 is the answer');
  });

  it('reaches the virtual machine by its name, by ping and by HTTP', async () => {
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('ping -c1 -W5 server && curl -s http://server/ | wc -c && echo reached-it');
    await terminal.shows(/1 received[\s\S]*reached-it/);
  });

  it('logs in on the serial console with the login that is shown', async () => {
    await page.getByRole('radiogroup', { name: 'Instructions and lab' }).getByText('Lab', { exact: true }).click();
    await page.getByRole('button', { name: /Show the login of/ }).click();
    const [username = '', password = ''] = await page.locator('dd').allInnerTexts();
    const serial = await workspace.terminal(/server.*console/i);
    await serial.run('');
    await serial.shows(/login:/);
    await serial.run(username.trim());
    await serial.shows(/Password:/);
    await serial.run(password.trim());
    await serial.run('echo logged in as $(id -un)');
    await serial.shows(`logged in as ${username.trim()}`);
  });

  it('sees pixels on the desktop and on the screen of the machine', async () => {
    for (const name of [/desk/i, /server.*screen/i]) {
      const canvas = (await workspace.tab(name)).locator('canvas');
      await expect.poll(() => coloursOf(canvas), { timeout: 60_000 }).toBeGreaterThan(1);
    }
  });

  it('opens the web page that runs in the lab, on a host of its own', async () => {
    const panel = await workspace.tab(/server.*web/i);
    const [site] = await Promise.all([
      context.waitForEvent('page'),
      panel.getByRole('button', { name: 'Open in a new tab' }).click(),
    ]);
    await site.waitForURL(/^http:\/\/[0-9a-f]{30}\.apps\.localhost/);
    await expect.poll(() => site.locator('body').innerText(), { timeout: 30_000 }).toContain('server');
    await site.close();
  });

  it('pauses and resumes: the same process goes on with its memory', async () => {
    const before = await workspace.terminal(/workstation/i);
    await before.run('kept=$$-$RANDOM; echo kept is $kept');
    await before.shows(/kept is \d+-\d+/);
    const kept = /kept is (\d+-\d+)/.exec(await before.text())?.[1] ?? 'nothing';
    await workspace.press('Pause');
    await workspace.phaseIs('paused');
    await workspace.press('Resume');
    await workspace.isReady();
    const after = await workspace.terminal(/workstation/i);
    await after.run('echo still $kept');
    await after.shows(`still ${kept}`);
  });

  it('reloads the page and finds the screen as it was, with nothing run twice', async () => {
    const before = await workspace.terminal(/workstation/i);
    await before.run('count=$((count+1)); echo counted-$count');
    await before.shows('counted-1');
    await page.reload();
    await workspace.isReady();
    const after = await workspace.terminal(/workstation/i);
    await after.shows('counted-1');
    await after.run('echo now-$count');
    await after.shows('now-1');
  });

  it('goes on after the browser was offline', async () => {
    const terminal = await workspace.terminal(/workstation/i);
    await context.setOffline(true);
    await page.waitForTimeout(5_000);
    await context.setOffline(false);
    await expect
      .poll(
        async () => {
          await terminal.run('echo back-$((40+2))');
          return terminal.text();
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toContain('back-42');
  });

  it('lets somebody else watch, who sees the same and types nothing', async () => {
    const other = await browser.newContext();
    const otherPage = await Workspace.signIn(other, product().url, product().admin);
    await otherPage.goto(page.url());
    const watcher = new Workspace(otherPage);
    await watcher.isReady();
    const theirs = await watcher.terminal(/workstation/i);
    const mine = await workspace.terminal(/workstation/i);
    await mine.run('echo seen-by-$((1+1))');
    await theirs.shows('seen-by-2');
    await other.close();
  });

  it('gets more time', async () => {
    const left = () => page.getByRole('timer').innerText();
    const before = await left();
    await page
      .getByRole('button', { name: /^Extend/ })
      .first()
      .click();
    await expect.poll(left, { timeout: 15_000 }).not.toBe(before);
  });

  it('ends it, and nothing of it is left', async () => {
    await workspace.end();
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });
});
