import { compileInstructions } from '@lab-orchestrator/page-compiler';
import { directivePayloads, htmlPayloads, urlPayloads } from '@lab-orchestrator/page-compiler/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { InstructionsPane } from './support/instructions.ts';
import { LabEditor } from './support/lab-editor.ts';
import { boxLab, labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';
import { watched } from './support/watched.ts';

const PER_PAGE = 40;
const yaml = (id: string) => boxLab(id, 'Hostile pages');

/** Each where it hurts: alone, in a line, and as an address of whatever takes one. */
const written = [
  ...htmlPayloads.flatMap((payload) => [payload, `a ${payload} b`]),
  ...urlPayloads.flatMap((url) => [`[x](<${url}>)`, `![x](<${url}>)`, `<${url}>`, `::download[x]{src="${url}"}`]),
  ...directivePayloads,
];
/** In a quote, so that what one leaves open swallows no other; and a word behind it, to see that it was drawn. */
const pagesOf = (payloads: string[]): string[] =>
  Array.from({ length: Math.ceil(payloads.length / PER_PAGE) }, (_, at) =>
    payloads
      .slice(at * PER_PAGE, (at + 1) * PER_PAGE)
      .map((payload, n) => `${payload.replaceAll(/^/gm, '> ')}\n\nhere-${n}\n`)
      .join('\n'),
  );
const pathOf = (at: number) => `pages/en/${String(at + 10)}-hostile.md`;

let browser: Browser;
/** What ran, and what was fetched from elsewhere. */
const happened: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('the watch works: script on a page is told of', async () => {
  const { context, page } = await watched(browser, product().learner, happened);
  await page.evaluate(() => alert(1));
  await page.evaluate(() => void fetch('https://evil.example/').catch(() => undefined));
  await expect.poll(() => happened.length).toBeGreaterThanOrEqual(2);
  happened.length = 0;
  await context.close();
});

describe('S8: nothing of 250 hostile payloads runs in a browser', () => {
  it('in the preview of the editor, which also draws what an import refuses', { timeout: 600_000 }, async () => {
    const { context, page } = await watched(browser, product().lecturer, happened);
    const api = await Api.signIn(product().url, product().lecturer);
    const { lab } = await api.upload<{ lab: { id: string } }>(
      '/labs',
      await labFolder({ 'lab.yaml': yaml('hostile-preview'), 'pages/en/01-start.md': 'Begin.\n' }),
    );
    const editor = await LabEditor.open(page, product().url, lab.id);
    await editor.openFile('pages/en/01-start.md');
    for (const [at, text] of pagesOf(written).entries()) {
      const path = pathOf(at);
      await editor.upload(path.slice(path.lastIndexOf('/') + 1), 'text/markdown', Buffer.from(text));
      await editor.openFile(path);
      await editor.preview.getByText('here-0', { exact: true }).waitFor();
      expect(await editor.preview.locator('script, iframe, object, embed, [onerror], [onload]').count()).toBe(0);
      expect(
        await editor.preview.locator('a:not([href^="http"]):not([href^="mailto:"]):not([href^="#"])[href]').count(),
      ).toBe(0);
    }
    expect(happened).toEqual([]);
    await context.close();
  });

  it('in the instructions of a session, with all that an import takes', { timeout: 600_000 }, async () => {
    const taken = written.filter((payload) => isTaken(payload));
    expect(taken.length).toBeGreaterThan(20);
    const pages = Object.fromEntries(pagesOf(taken).map((text, at) => [pathOf(at), text]));
    const api = await Api.signIn(product().url, product().lecturer);
    const { lab } = await api.upload<{ lab: { id: string } }>(
      '/labs',
      await labFolder({ 'lab.yaml': yaml('hostile'), ...pages }),
    );
    const session = await api.start(lab.id);
    await api.reaches(session.id, ['ready'], 120_000);
    const { context, page } = await watched(browser, product().lecturer, happened);
    await page.goto(`${product().url}/sessions/${session.id}`);
    const instructions = new InstructionsPane(page);
    do {
      await instructions.pane.getByText('here-0', { exact: true }).waitFor();
      expect(await instructions.pane.locator('script, iframe, object, embed, [onerror], [onload]').count()).toBe(0);
    } while (await turned(instructions));
    expect(happened).toEqual([]);
    await context.close();
    await api.end(session.id);
  });
});

/** Pages of these have the same title: what tells them apart is which of them is open. */
async function turned({ pane }: InstructionsPane): Promise<boolean> {
  const next = pane.getByRole('button', { name: /^Next: “/ });
  if ((await next.count()) === 0) return false;
  const before = await pane.getByText(/^Page \d+ of \d+$/).innerText();
  await next.click();
  await expect.poll(() => pane.getByText(/^Page \d+ of \d+$/).innerText()).not.toBe(before);
  return true;
}

function isTaken(payload: string): boolean {
  const [page = ''] = pagesOf([payload]);
  const { diagnostics } = compileInstructions({
    folder: 'pages',
    languages: ['en'],
    files: new Set(['pages/en/01.md']),
    read: () => page,
    systems: [{ name: 'box', access: [{ name: 'shell', kind: 'terminal' }] }],
    variables: [],
  });
  return !diagnostics.some(({ severity }) => severity === 'error');
}
