import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersInBothThemes, barriersOf } from './support/barriers.ts';
import { openBrowser } from './support/browser.ts';
import { addLearner } from './support/people.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

const LAB = 'First steps in the shell';
const desk = {
  viewport: { width: 1280, height: 800 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
  locale: 'en',
} as const;
const NOBODYS = '019f0000-0000-7000-8000-000000000000';
const phone = { width: 390, height: 844 };

let browser: Browser;
let contexts: BrowserContext[];

beforeAll(async () => {
  browser = await openBrowser();
  contexts = await Promise.all([browser.newContext(desk), browser.newContext(desk)]);
});
afterAll(async () => {
  await Promise.all((contexts ?? []).map((context) => context.close()));
  await browser?.close();
});

const headed = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true }).waitFor();

/** Presses Tab until the element has the focus; a person would give up, too. */
async function tabTo(page: Page, wanted: Locator, most = 40) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${wanted}`);
}

/** How many pixels the page is wider than the window. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function overhangOnPhone(page: Page) {
  await page.setViewportSize(phone);
  try {
    return await overhang(page);
  } finally {
    await page.setViewportSize(desk.viewport);
  }
}

describe('the pages around the labs have no barrier', () => {
  let page: Page;

  it('the sign-in', async () => {
    page = await contexts[0]!.newPage();
    await page.goto(product().url);
    await headed(page, 'Lab Orchestrator');
    expect(await barriersInBothThemes(page)).toEqual([]);
    await page.close();
  });

  it('the catalog and a lab', async () => {
    page = await Workspace.signIn(contexts[0]!, product().url, product().admin);
    await page.getByRole('link', { name: LAB }).waitFor();
    expect(await barriersInBothThemes(page)).toEqual([]);
    await page.getByRole('link', { name: LAB }).click();
    await headed(page, LAB);
    expect(await barriersInBothThemes(page)).toEqual([]);
  });

  it.each(['My sessions', 'Authoring', 'Images', 'People', 'All sessions', 'Operation'])('%s', async (name) => {
    const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
    await link.click();
    await page.locator('[aria-current=page]', { hasText: name }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    expect(await barriersInBothThemes(page)).toEqual([]);
    expect(await overhangOnPhone(page)).toBe(0);
  });

  it('the profile and its menu', async () => {
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Profile' }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Profile' }).click();
    await headed(page, 'Profile');
    expect(await barriersInBothThemes(page)).toEqual([]);
  });

  it.each(['nowhere', `sessions/${NOBODYS}`, `sessions/${NOBODYS}/print`, `labs/${NOBODYS}`, 'labs/typo/edit'])(
    'an address that leads nowhere: /%s',
    async (path) => {
      await page.goto(`${product().url}/${path}`);
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      await page.getByRole('link', { name: 'To the labs' }).waitFor();
      expect(await barriersOf(page)).toEqual([]);
    },
  );
});

describe('a lab is usable without a mouse, without sight, and on a phone', () => {
  let page: Page;
  let workspace: Workspace;

  it('starts by the keyboard alone', async () => {
    const { url, admin } = product();
    page = await Workspace.signIn(contexts[1]!, url, await addLearner(url, admin, 'Keyboard and screen reader'));
    const start = page.getByRole('button', { name: `Start “${LAB}”` });
    await start.waitFor();
    await tabTo(page, start);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    workspace = new Workspace(page);
    await workspace.isReady();
  });

  it('gives the keyboard back with Ctrl-Shift-L, and takes it again with Tab', async () => {
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('echo typed-$((6*7))');
    await terminal.shows('typed-42');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toMatch(/^Terminal/);
    await page.keyboard.press('Control+Shift+KeyL');
    expect(await focused.getAttribute('role')).toBe('tab');
    await page.keyboard.press('Tab');
    expect(await focused.getAttribute('aria-label')).toMatch(/^Terminal/);
  });

  it('has no barrier, with its terminal and in its dialogs', async () => {
    expect(await barriersInBothThemes(page)).toEqual([]);
    await workspace.press('End');
    await page.getByRole('dialog').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('fits on a phone', async () => {
    await page.setViewportSize(phone);
    await page.getByRole('radio', { name: 'Lab', exact: true }).waitFor({ state: 'attached' });
    expect(await overhang(page)).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
    await page.goto(product().url);
    await page
      .getByRole('link', { name: `Continue “${LAB}”` })
      .first()
      .waitFor();
    expect(await overhang(page)).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
    await page.goBack();
    await page.setViewportSize(desk.viewport);
  });

  it('says how it ended, without a barrier', async () => {
    await workspace.isReady();
    await workspace.end();
    expect(await barriersInBothThemes(page)).toEqual([]);
  });

  it('speaks German to who chose it', async () => {
    await page.goto(`${product().url}/profile`);
    await page.getByText('Deutsch', { exact: true }).click();
    try {
      await headed(page, 'Profil');
      await page.locator('html[lang=de]').waitFor({ state: 'attached' });
      await page.goto(product().url);
      await page.getByRole('button', { name: `„${LAB}“ starten` }).waitFor();
      expect(await barriersOf(page)).toEqual([]);
    } finally {
      await page.goto(`${product().url}/profile`);
      await page.getByText('English', { exact: true }).click();
      await headed(page, 'Profile');
    }
  });
});
