import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

/** Longer than a container needs to be ready. */
const LATE_MS = 8_000;

let browser: Browser;
beforeAll(async () => void (browser = await openBrowser()));
afterAll(() => browser?.close());

describe('live events that come late', () => {
  it('cost nothing: what happened before the stream opened is shown, too', async () => {
    const context = await browser.newContext({ locale: 'en' });
    const page = await Workspace.signIn(context, product().url, product().learner);
    await context.route('**/api/v1/events*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      await route.continue();
    });
    await page.goto(product().url);
    const workspace = await Workspace.start(page, 'First steps in the shell', 60_000);
    await workspace.end();
    await context.close();
  });
});
