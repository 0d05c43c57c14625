import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { barriersInBothThemes, barriersOf } from './support/barriers.ts';
import { openBrowser } from './support/browser.ts';
import { InstructionsPane } from './support/instructions.ts';
import { LabEditor } from './support/lab-editor.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

const desk = { viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce', locale: 'en' } as const;
/** A run that is repeated on the same platform writes another lab. */
const slug = `written-${Date.now().toString(36)}`;
const title = slug.replace('-', ' ');
const startPage = 'pages/en/01-start.md';
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let browser: Browser;
let contexts: BrowserContext[];
let page: Page;
let editor: LabEditor;

beforeAll(async () => {
  browser = await openBrowser();
  contexts = await Promise.all([browser.newContext(desk), browser.newContext(desk)]);
  for (const context of contexts) context.setDefaultTimeout(60_000);
  page = await Workspace.signIn(contexts[0]!, product().url, product().lecturer);
});
afterAll(async () => {
  await Promise.all((contexts ?? []).map((context) => context.close()));
  await browser?.close();
});

describe('a lecturer writes a lab in the browser', () => {
  it('begins with a lab that works', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Authoring', exact: true }).click();
    await page.getByRole('link', { name: 'Write a lab' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Write a lab' });
    await dialog.getByLabel('Title').fill(title);
    expect(await dialog.getByLabel('Id', { exact: true }).inputValue()).toBe(slug);
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Begin' }).click();
    editor = new LabEditor(page);
    await editor.text('lab.yaml').waitFor();
    await editor.hasNoFindings();
    await editor.preview.getByRole('heading', { name: 'First steps' }).waitFor();
    expect(await barriersInBothThemes(page)).toEqual([]);
  });

  it('is helped to a key that the lab file may have there', async () => {
    await editor.type('lab.yaml', '    envir');
    await page.getByRole('option', { name: 'environment' }).click();
    await page.keyboard.type(' { GREETING: hello }', { delay: 10 });
    await editor.text('lab.yaml').getByText('environment: { GREETING: hello }').waitFor();
    await editor.hasNoFindings();
  });

  it('sees a mistake with its line while typing, and mends it by a click', async () => {
    await editor.type('lab.yaml', '\nrot: false');
    const finding = editor.findings.getByRole('button', { name: /unknown field "rot"/ });
    await finding.waitFor();
    expect(await finding.innerText()).toMatch(/lab\.yaml:\d+:5/);
    await page.locator('.cm-lint-marker-error').waitFor();
    expect(await barriersInBothThemes(page)).toEqual([]);
    await finding.click();
    expect(await editor.text('lab.yaml').evaluate((text) => text === document.activeElement)).toBe(true);
    await editor.findings.getByRole('button', { name: 'Write “root”' }).click();
    await editor.text('lab.yaml').getByText('root: false').waitFor();
    await editor.hasNoFindings();
  });

  it('leaves the text by keyboard', async () => {
    await editor.text('lab.yaml').click();
    await page.keyboard.press('Tab');
    expect(await editor.text('lab.yaml').evaluate((text) => text === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await editor.text('lab.yaml').evaluate((text) => text === document.activeElement)).toBe(false);
    await editor.hasNoFindings();
  });

  it('uploads a picture and sees it in the preview', async () => {
    await editor.openFile(startPage);
    await editor.upload('The plan.png', 'image/png', picture);
    await editor.file('pages/en/The-plan.png').waitFor();
    await editor.openFile(startPage);
    await editor.type(startPage, '\n![The plan](The-plan.png)\n');
    const drawn = editor.preview.locator('img[alt="The plan"]');
    await expect
      .poll(() => drawn.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 15_000 })
      .toBeGreaterThan(0);
    await editor.hasNoFindings();
    expect(await barriersInBothThemes(page)).toEqual([]);
  });

  it('is asked before leaving, and finds unsaved work after a reload', async () => {
    await editor.says('kept in this browser');
    await page.getByRole('link', { name: 'To your labs' }).click();
    await editor.dialog().getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    page.once('dialog', (asked) => void asked.accept());
    await page.reload();
    await page.getByRole('heading', { name: 'Unsaved work' }).waitFor();
    expect(await barriersInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await editor.file('pages/en/The-plan.png').waitFor();
    await editor.text('lab.yaml').getByText('root: false').waitFor();
    await editor.hasNoFindings();
  });

  it('saves it, starts it, and does its first step', { timeout: 420_000 }, async () => {
    await page.getByRole('button', { name: 'Save and start' }).click();
    await editor.dialog().getByText(`A new lab “${slug}”.`).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await editor.dialog().getByRole('button', { name: 'Save and start' }).click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    const workspace = new Workspace(page);
    await workspace.isReady();
    const terminal = await workspace.terminal(/your computer/i);
    await terminal.run('echo "$GREETING $((40+2))" | tee ~/note.txt');
    await terminal.shows('hello 42');
    const step = new InstructionsPane(page).steps().first();
    await page.getByRole('button', { name: 'Check: Leave a note' }).click();
    await expect.poll(() => step.getAttribute('data-done'), { timeout: 30_000 }).toBe('true');
    await page.locator('img[alt="The plan"]').waitFor();
    await workspace.end();
  });
});

describe('two people at one lab', () => {
  let api: Api;
  let labId: string;
  let other: LabEditor;
  const versions = async () =>
    (await api.call<{ items: { version: number }[] }>('GET', `/labs/${labId}/versions`)).items.length;

  it('open the same version', async () => {
    api = await Api.signIn(product().url, product().lecturer);
    labId = await api.labNamed(slug);
    const otherPage = await Workspace.signIn(contexts[1]!, product().url, product().lecturer);
    [editor, other] = await Promise.all([
      LabEditor.open(page, product().url, labId),
      LabEditor.open(otherPage, product().url, labId),
    ]);
    await Promise.all([editor.says('Version 1, nothing changed'), other.says('Version 1, nothing changed')]);
  });

  it('see what a save changes; the first one is saved', async () => {
    await other.type('lab.yaml', '# theirs\n', 'Home');
    await other.page.keyboard.press('Control+s');
    await other.page.getByRole('textbox', { name: 'Differences in lab.yaml' }).getByText('# theirs').waitFor();
    await other.dialog().getByRole('button', { name: 'Save', exact: true }).click();
    await other.says('Version 2, nothing changed');
  });

  it('the second one is told, compares, takes the work along and loses nothing', async () => {
    await editor.type('lab.yaml', '\n# mine');
    await editor.save();
    const dialog = page.getByRole('dialog', { name: 'Somebody was faster' });
    await dialog.getByText(/You saved version 2 in another window/).waitFor();
    await dialog.getByRole('button', { name: 'Show the differences' }).click();
    const differences = dialog.getByRole('textbox', { name: 'Differences in lab.yaml' });
    await differences.getByText('# mine').waitFor();
    await dialog.getByText('# theirs').waitFor();
    expect(await barriersInBothThemes(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download my work as a zip' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${slug}.zip`);
    await dialog.getByRole('button', { name: 'Go on editing' }).click();
    await editor.text('lab.yaml').getByText('# mine').waitFor();
    expect(await versions()).toBe(2);
  });

  it('and saves on top of it only when asked to', async () => {
    await editor.save();
    await editor.dialog().getByRole('button', { name: 'Save on top of it' }).click();
    await editor.says('Version 3, nothing changed');
    expect(await versions()).toBe(3);
  });

  it('the lab is taken out as a zip', async () => {
    await page.getByRole('link', { name: 'To your labs' }).click();
    await page.getByRole('button', { name: `Actions for ${title}` }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download as a zip' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${slug}-v3.zip`);
  });
});
