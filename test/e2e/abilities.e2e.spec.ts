import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { INSTANCE_VARIABLE } from './support/cluster-remains.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

const LAB = 'A firewall in front of a DMZ';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await Workspace.signIn(await browser.newContext(), product().url, product().learner);
});
afterAll(() => browser?.close());

/** A cluster with Multus can run it; the one of the tests has none. */
describe.runIf(process.env[INSTANCE_VARIABLE])('a lab that this platform can never run', () => {
  it('is refused before anything starts, with the reason for the learner and what the operator can do', async () => {
    await page.getByRole('button', { name: `Start “${LAB}”` }).click();
    const reason = page.getByRole('alert').filter({ hasText: 'This lab cannot run on this platform' });
    await reason.waitFor();
    expect(await reason.innerText()).toMatch(/lecturer[\s\S]*“Firewall” routes between its networks[\s\S]*Multus/);
    // There is no session to go on with.
    expect(await page.getByRole('link', { name: 'Open it' }).count()).toBe(0);
    const api = await Api.signIn(product().url, product().learner);
    const lab = await api.labNamed('dmz');
    const { items } = await api.call<{ items: { lab: { id: string } }[] }>('GET', `/sessions?state=open&labId=${lab}`);
    expect(items).toEqual([]);
  });
});
