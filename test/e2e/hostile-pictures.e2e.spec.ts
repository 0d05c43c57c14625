import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { InstructionsPane } from './support/instructions.ts';
import { LabEditor } from './support/lab-editor.ts';
import { boxLab, labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';
import { watched } from './support/watched.ts';

/** Longer than a picture needs to run what it can run. */
const SETTLED_MS = 1_500;
const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="240" height="240" ${attributes}><rect width="240" height="240" fill="teal"/>${inside}</svg>`;
const running = svg(
  `<script>alert(1); fetch('https://evil.example/ran')</script>
   <image href="https://evil.example/x.png" width="9" height="9" onerror="alert(2)"/>
   <animate onbegin="alert(3)" attributeName="x" dur="1s"/>
   <foreignObject width="99" height="99"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(4)"/></foreignObject>
   <a href="javascript:alert(5)"><rect width="240" height="240" fill="navy"/></a>`,
  'onload="alert(6)"',
);
/** An import reads texts as UTF-8, a browser goes by the mark at the beginning. */
const inUtf16 = Buffer.from(`\uFEFF${running}`, 'utf16le');
const pictures = {
  'running.svg': Buffer.from(running),
  'utf16.svg': inUtf16,
  'entity.svg': Buffer.from(svg('<a href="java&#115;cript:alert(1)"><rect width="240" height="240"/></a>')),
};
/** The policy of a file that is opened by itself stops what it holds: that it was asked to is no news. */
const ran = () => [...happened.filter((what) => !/^(the policy stopped|fetched) /.test(what)), ...left];

let browser: Browser;
let api: Api;
let page: Page;
let close: () => Promise<void>;
const happened: string[] = [];
/** What no policy kept from leaving. */
const left: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  api = await Api.signIn(product().url, product().lecturer);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const opened = await watched(browser, product().lecturer, happened);
  ({ page } = opened);
  close = () => opened.context.close();
  await opened.context.route('https://evil.example/**', (route) => {
    left.push(`left for ${route.request().url()}`);
    return route.abort();
  });
  happened.length = 0;
  left.length = 0;
});
afterEach(() => close());

async function importLab(id: string, files: Record<string, string | Buffer>) {
  const folder = await labFolder({ 'lab.yaml': boxLab(id, id), 'pages/en/01-start.md': 'Begin.\n', ...files });
  const { lab } = await api.upload<{ lab: { id: string; version: number } }>('/labs', folder);
  return lab;
}
const isDrawn = (picture: Locator) =>
  expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);

describe('S8: script in a picture of a lab', () => {
  it('the watch works: such a picture runs where nothing keeps it from it', async () => {
    const bare = `${product().url}/bare.svg`;
    await page.route(bare, (route) => route.fulfill({ contentType: 'image/svg+xml', body: running }));
    await page.goto(bare);
    await expect.poll(ran).toEqual(expect.arrayContaining(['alert was called', 'left for https://evil.example/ran']));
  });

  it('runs nothing in a page that is written, and is seen', async () => {
    const lab = await importLab('hostile-pictures', {});
    const editor = await LabEditor.open(page, product().url, lab.id);
    const text = Object.keys(pictures).map((name) => `![${name}](${name})\n`);
    const files = { ...pictures, '02-pictures.md': Buffer.from(text.join('\n')) };
    for (const [name, bytes] of Object.entries(files)) {
      // Uploads go beside the page that is open.
      await editor.openFile('pages/en/01-start.md');
      await editor.upload(name, '', bytes);
      await editor.file(`pages/en/${name}`).waitFor();
    }
    await editor.openFile('pages/en/02-pictures.md');
    for (const name of ['utf16.svg', 'entity.svg']) await isDrawn(editor.preview.getByRole('img', { name }));
    await editor.findings.getByText('the picture "running.svg" holds a script').waitFor();
    await sleep(SETTLED_MS);
    expect(happened).toEqual([]);
  });

  it('runs nothing in a session, where it got past the import, and enlarged', async () => {
    const lab = await importLab('hostile-taken', {
      'pages/en/01-start.md': '![taken](utf16.svg)\n',
      'pages/en/utf16.svg': inUtf16,
    });
    const { id } = await api.start(lab.id);
    await api.reaches(id, ['ready'], 120_000);
    await page.goto(`${product().url}/sessions/${id}`);
    const { pane } = new InstructionsPane(page);
    await isDrawn(pane.getByRole('img', { name: 'taken' }));
    expect(await pane.getByRole('img', { name: 'taken' }).getAttribute('src')).toMatch(/^data:image\/svg/);
    await pane.getByRole('button', { name: 'taken' }).click();
    await isDrawn(page.getByRole('dialog').getByRole('img', { name: 'taken' }));
    await page.getByRole('dialog').getByRole('img', { name: 'taken' }).click();
    await sleep(SETTLED_MS);
    expect(happened).toEqual([]);
    await api.end(id);
  });

  it.each(Object.keys(pictures))('%s, opened by its address, runs nothing', async (name) => {
    const lab = await importLab('hostile-files', pictures);
    const address = `${product().url}/api/v1/labs/${lab.id}/versions/${lab.version}/files/${name}`;
    // An address carries no token: opened as a link, there is nothing to see.
    expect((await page.goto(address))?.status()).toBe(401);
    await page.setExtraHTTPHeaders({ authorization: `Bearer ${api.token}` });
    const answer = await page.goto(address);
    expect(answer?.headers()['content-type']).toBe('image/svg+xml');
    await page.mouse.click(100, 100);
    await sleep(SETTLED_MS);
    expect(ran()).toEqual([]);
  });
});
