import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { INSTANCE_VARIABLE } from './support/cluster-remains.ts';
import { leftIn } from './support/engine.ts';
import { InstructionsPane } from './support/instructions.ts';
import { coloursOf } from './support/pixels.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

const onCluster = process.env[INSTANCE_VARIABLE] !== undefined;

let browser: Browser;
let context: BrowserContext;
let page: Page;
let workspace: Workspace;
let instructions: InstructionsPane;
let sessionId: string;

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
});

/** What the page says, in seconds. */
const leftS = async () => {
  const clock = /[\d:]+/.exec(await page.getByRole('timer').innerText())?.[0] ?? '';
  return clock.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
};

describe('a learner works in the lab "Two hosts, one network"', () => {
  it('signs in, presses Start, and sees its systems come up', async () => {
    page = await Workspace.signIn(context, product().url, product().learner);
    workspace = await Workspace.start(page, 'Two hosts, one network');
    sessionId = workspace.sessionId;
    instructions = new InstructionsPane(page);
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
    await page.locator('dd').nth(1).waitFor();
    const [username = '', password = ''] = await page.locator('dd').allInnerTexts();
    const serial = await workspace.terminal(/server.*console/i);
    const asks = async (text: RegExp) => text.test(await serial.text());
    const isAsked = (text: RegExp, timeout: number) => expect.poll(() => asks(text), { timeout }).toBe(true);
    const named = async () => {
      if (!(await asks(/login:\s*$/))) await serial.run('');
      await isAsked(/login:\s*$/, 10_000);
      // Whoever asks forgets what is typed in the moment of asking, and nobody types that fast.
      await page.waitForTimeout(1_000);
      await serial.run(username.trim());
      await isAsked(/Password:\s*$/, 5_000);
      await page.waitForTimeout(500);
    };
    // A console that was just woken asks anew, and forgets what was typed meanwhile: then a person types it again.
    await vi.waitFor(named, { timeout: 60_000, interval: 500 });
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

  it('finds the ways into the server by the links of the instructions', async () => {
    await page
      .getByRole('radiogroup', { name: 'Instructions and lab' })
      .getByText('Instructions', { exact: true })
      .click();
    const { pane } = instructions;
    await instructions.turn();
    await instructions.isOn('Log in and change something');
    for (const [link, tab] of [
      ['the serial console', /server.*console/i],
      ["the server's screen", /server.*screen/i],
      ['the desktop', /desk/i],
    ] as const) {
      await pane.getByRole('button', { name: link, exact: true }).click();
      await page.getByRole('tab', { name: tab, selected: true }).waitFor();
    }
    const [site] = await Promise.all([
      context.waitForEvent('page'),
      pane.getByRole('button', { name: "the server's web page", exact: true }).click(),
    ]);
    await expect.poll(() => site.locator('body').innerText(), { timeout: 30_000 }).toContain('server');
    expect(new URL(site.url()).host).not.toBe(new URL(product().url).host);
    await site.close();
  });

  it('pauses and resumes: the same process goes on with its memory', async () => {
    const systems = [/server.*console/i, /workstation/i];
    const kept: string[] = [];
    for (const [index, name] of systems.entries()) {
      const before = await workspace.terminal(name);
      await before.run(`kept=$$-$(date +%s)-${index}; echo kept is $kept`);
      await before.shows(/kept is \d+-\d+-\d/);
      kept.push(/kept is (\d+-\d+-\d)/.exec(await before.text())?.[1] ?? 'nothing');
    }
    // A cluster cannot freeze containers, which it must say before.
    const losing = await workspace.pause();
    expect(losing.toSorted()).toEqual(onCluster ? ['Desktop', 'Your workstation'] : []);
    await workspace.press('Resume');
    await workspace.isReady();
    for (const [index, name] of systems.entries()) {
      const after = await workspace.terminal(name);
      await after.run('echo still ${kept:-new}');
      await after.shows(losing.some((title) => name.test(title)) ? 'still new' : `still ${kept[index]}`);
    }
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

  it('goes on after the browser was offline, with what happened meanwhile', async () => {
    // A minute; the browser is the same on a cluster, where less will do.
    const awayS = onCluster ? 10 : 60;
    const last = awayS + 2;
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run(
      `clear; for n in $(seq 1 ${last}); do echo tick-$n; sleep 1; done; echo counted-to-the-$((30+1))st-twice`,
    );
    await terminal.shows('tick-1');
    await context.setOffline(true);
    await page.getByText('You are offline.').first().waitFor({ timeout: 15_000 });
    const api = await Api.signIn(product().url, product().learner);
    await api.call('POST', `/sessions/${sessionId}/extend`, {});
    await page.waitForTimeout(awayS * 1_000);
    await context.setOffline(false);
    await page.getByText('You are offline.').first().waitFor({ state: 'detached', timeout: 30_000 });
    // The program went on, and nothing of its output is lost.
    await terminal.shows(new RegExp(`tick-${last - 1}\\s*tick-${last}\\s*counted-to-the-31st-twice`), 30_000);
    await terminal.run('echo back-$((40+2))');
    await terminal.shows('back-42');
    await page.getByText('No live connection').waitFor({ state: 'detached', timeout: 60_000 });
    await workspace.isReady();
    // Its time was extended meanwhile, elsewhere.
    const { deadlineAt } = await api.session(sessionId);
    const offS = async () => Math.abs((Date.parse(deadlineAt) - Date.now()) / 1_000 - (await leftS()));
    await expect.poll(offS, { timeout: 30_000 }).toBeLessThan(30);
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
