import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

/** The program of one page, as the build names it. */
const PROGRAM = '**/assets/new-lab*.js';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await Workspace.signIn(await browser.newContext({ locale: 'en' }), product().url, product().lecturer);
});
afterAll(async () => browser?.close());

it('a page whose program does not arrive says that it loads, then what to do, and works once it is there', async () => {
  let asked = 0;
  await page.route(PROGRAM, (route) => {
    asked++;
    return route.abort();
  });
  await page.goto(`${product().url}/labs/new`);
  await page.getByRole('status').getByText('Loading').waitFor();
  // It is fetched several times, and the page is loaded once more, before a person is asked to do something.
  await page.getByRole('heading', { name: 'This page stopped working' }).waitFor({ timeout: 40_000 });
  expect(asked).toBeGreaterThan(2);

  await page.unroute(PROGRAM);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
});
