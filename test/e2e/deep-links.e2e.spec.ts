import type { Session } from '@lab-orchestrator/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { boxLab, labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

/** Longer than a page needs to do what it does by itself. */
const SETTLED_MS = 1_500;
const LAB = 'Never by itself';

let browser: Browser;
let page: Page;
let api: Api;
let labId: string;
const posted: string[] = [];

beforeAll(async () => {
  api = await Api.signIn(product().url, product().lecturer);
  const files = { 'lab.yaml': boxLab('deep-links', LAB) };
  ({
    lab: { id: labId },
  } = await api.upload<{ lab: { id: string } }>('/labs', await labFolder(files)));
  browser = await openBrowser();
  page = await Workspace.signIn(await browser.newContext({ locale: 'en' }), product().url, product().lecturer);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() !== 'GET' && /^\/api\/v1\/(sessions|labs)/.test(pathname))
      posted.push(`${request.method()} ${pathname}`);
  });
});
afterAll(async () => {
  await browser?.close();
  const { items } = await openSessions();
  await Promise.all(items.map(({ id }) => api.end(id)));
});

const openSessions = () => api.call<{ items: Session[] }>('GET', `/sessions?mine=true&state=open&labId=${labId}`);
const open = async () => (await openSessions()).items.map(({ phase }) => phase);
const settled = async () => {
  await page.getByRole('heading').first().waitFor();
  await page.waitForTimeout(SETTLED_MS);
};
const startButton = () => page.getByRole('button', { name: `Start “${LAB}”` });

describe('S9: a link starts nothing; a person who presses Start does', () => {
  it.each(['', '?start=1', '?start=true&version=1', '#start', '/start', '?start=1#start'])(
    'the page of the lab with "%s", and its reload',
    async (more) => {
      await page.goto(`${product().url}/labs/${labId}${more}`);
      await settled();
      await page.reload();
      await settled();
      expect(posted).toEqual([]);
      expect(await open()).toEqual([]);
    },
  );

  it('nor does an address of the API that a link can open', async () => {
    for (const path of [`/sessions?labId=${labId}&start=1`, `/labs/${labId}/start`, `/labs/${labId}?start=1`])
      await api.send('GET', path);
    expect(await open()).toEqual([]);
  });

  it('Start does, once; the reload of what it opened starts no other', async () => {
    posted.length = 0;
    await page.goto(`${product().url}/labs/${labId}?start=1`);
    await startButton().click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    const workspace = new Workspace(page);
    await workspace.isReady();
    await page.reload();
    await workspace.isReady();
    expect(posted.filter((request) => request === 'POST /api/v1/sessions')).toHaveLength(1);
    expect(await open()).toEqual(['ready']);
    await workspace.end();
    await page.reload();
    await page.getByRole('heading', { name: 'This session has ended' }).waitFor();
    expect(await open()).toEqual([]);
  });
});
