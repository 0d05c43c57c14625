import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { INSTANCE_VARIABLE } from './support/cluster-remains.ts';
import { InstructionsPane } from './support/instructions.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

const folder = join(import.meta.dirname, '../../labs');

let browser: Browser;
let context: BrowserContext;
let page: Page;
let workspace: Workspace;
let instructions: InstructionsPane;

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce', locale: 'en' });
  context.setDefaultTimeout(30_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product().url });
  page = await Workspace.signIn(context, product().url, product().learner);
});
afterAll(() => browser?.close());

const endAll = async () => {
  const api = await Api.signIn(product().url, product().learner);
  if (workspace !== undefined) await api.end(workspace.sessionId).catch(() => undefined);
};
const begin = async (title: string) => {
  await page.goto(product().url);
  workspace = await Workspace.start(page, title);
  instructions = new InstructionsPane(page);
  await instructions.read('en');
};
const step = (name: RegExp) => instructions.steps().filter({ has: page.getByRole('heading', { name }) });
const isDone = (name: RegExp, timeout = 30_000) =>
  expect.poll(() => step(name).getAttribute('data-done'), { timeout }).toBe('true');
/** Plays it, and waits until it has moved on: it is no picture of a film. */
const plays = (kind: 'video' | 'audio') =>
  expect
    .poll(
      () =>
        instructions.pane
          .locator(kind)
          .evaluate((media: HTMLMediaElement) =>
            media.play().then(() => (media.error ? -1 : media.currentTime + (media.ended ? 1 : 0))),
          ),
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);

describe('what pages are made of, in the lab "First steps in the shell"', () => {
  beforeAll(() => begin('First steps in the shell'));
  afterAll(endAll);

  it('a table, a list of tasks and a footnote, which leads there and back', async () => {
    const { pane } = instructions;
    await pane.getByRole('table').getByRole('cell', { name: 'names the folder you are in' }).waitFor();
    await pane.getByRole('list').getByText('move about and read files').waitFor();
    await pane.getByRole('link', { name: 'Footnote 1', exact: true }).click();
    await pane.getByRole('link', { name: /Back to the text of footnote 1/ }).click();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('1');
  });

  it('a diagram, which is a picture', async () => {
    const picture = instructions.pane.getByRole('button', { name: /^A part of the folders/ }).locator('img');
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    expect(await instructions.pane.locator('svg foreignObject, script').count()).toBe(0);
  });

  it.each(['audio', 'video'] as const)('%s, loaded when it is wanted, with captions in the language', async (kind) => {
    expect(await instructions.pane.locator(kind).count()).toBe(0);
    await instructions.pane.getByRole('button', { name: kind === 'audio' ? /^Play the rec/ : /^Play the vid/ }).click();
    await plays(kind);
    const track = instructions.pane.locator(`${kind} track[srclang=en]`);
    const cues = () => track.evaluate((element: HTMLTrackElement) => element.track.cues?.length ?? 0);
    await expect.poll(cues).toBeGreaterThan(0);
  });

  it('::tick', async () => {
    await step(/where you are/)
      .getByRole('checkbox', { name: /I know where I am/ })
      .check();
    await isDone(/where you are/);
  });

  it(':::hint says what it costs, asks, and opens', async () => {
    const reading = step(/Read a letter/);
    await reading.getByText('2 points').first().waitFor();
    await reading.getByRole('button', { name: /Hint: show for 1 point/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Show the hint?' });
    await dialog.getByText(/costs 1 point/).waitFor();
    await dialog.getByRole('button', { name: 'Show it' }).click();
    await reading.getByRole('region', { name: 'Hint' }).getByText('copies').waitFor();
    await reading.getByText('1 of 2 points').waitFor();
  });

  it('::check fails with the message of its author, and passes when it is done', async () => {
    const reading = step(/Read a letter/);
    await reading.getByRole('button', { name: /^Check/ }).click();
    await reading.getByText('There is no exact copy of the letter').waitFor();
    await (await workspace.terminal(/workstation/i)).run('cp letters/ada.txt letter.txt');
    await expect
      .poll(
        async () => {
          await reading
            .getByRole('button', { name: /^Check/ })
            .click({ timeout: 2_000 })
            .catch(() => undefined);
          return reading.getAttribute('data-done');
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBe('true');
  });

  it('::set is put into ::command as one argument, whatever was written, and nothing of it is run', async () => {
    const hostile = `it's "$(touch /tmp/ran)" \`touch /tmp/ran\`; touch /tmp/ran #!1`;
    const motto = step(/Leave something of yours/);
    const command = motto.getByRole('button', { name: /^Type: echo/ });
    expect(await command.getAttribute('aria-disabled')).toBe('true');
    await motto.getByLabel('Your motto').fill(hostile);
    await motto.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => command.getAttribute('aria-disabled')).toBe('false');
    await command.click();
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('clear; ls /tmp/ran; cat motto.txt');
    await terminal.shows('cannot access');
    await expect.poll(async () => (await terminal.text()).replaceAll('\n', '')).toContain(hostile);
    await motto.getByRole('button', { name: 'Is it there?' }).click();
    await isDone(/Leave something of yours/);
  });

  it(':::quiz of a choice says what was wrong about it, and of a text takes the right one', async () => {
    const tilde = step(/What does ~ stand for/);
    await tilde.getByRole('radio', { name: /the root of all folders/ }).check();
    await tilde.getByRole('button', { name: 'Answer' }).click();
    await tilde.getByText('That one is called /.').waitFor();
    await tilde.getByText('1 attempt left').waitFor();
    await tilde.getByRole('radio', { name: /your home folder/ }).check();
    await tilde.getByRole('button', { name: 'Answer' }).click();
    await isDone(/What does ~ stand for/);
    const pwd = step(/Which command names the folder/);
    await pwd.getByRole('textbox').fill('pwd');
    await pwd.getByRole('button', { name: 'Answer' }).click();
    await isDone(/Which command names the folder/);
  });

  it('::download saves a file of the lab, byte by byte', async () => {
    await instructions.turn();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      instructions.pane.getByRole('button', { name: 'The log of the harbour' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('harbour.log');
    expect(readFileSync(await download.path())).toEqual(readFileSync(join(folder, 'first-steps/files/harbour.log')));
  });

  it('::copy without a system goes to the clipboard of this computer', async () => {
    await instructions.pane.getByText('For a terminal of your own').waitFor();
    await instructions.pane.getByRole('button', { name: 'Copy', exact: true }).first().click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('wc -l harbour.log');
  });

  it('a code block is copied as it is written', async () => {
    await instructions.pane.getByRole('button', { name: 'Back: “Look around”' }).click();
    await instructions.isOn('Look around');
    const code = instructions.pane.getByRole('figure').filter({ hasText: 'Like this' });
    await code.getByRole('button', { name: 'Copy the code' }).click();
    await code.getByRole('button', { name: 'Copied' }).waitFor();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('echo something > word.txt');
    await instructions.turn();
  });

  it(':::knowledge folds out', async () => {
    const text = instructions.pane.getByText('The pipe was built into Unix in 1973');
    expect(await text.isVisible()).toBe(false);
    await instructions.pane.getByText('Why not one big program?').click();
    await text.waitFor();
  });

  it('::command with return=false is typed and not sent; a check may read JSON, and a script of the lab', async () => {
    const json = step(/Write something that programs read/);
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('clear');
    await json.getByRole('button', { name: /^Type: echo/ }).click();
    await terminal.shows('ship.json');
    await json.getByRole('button', { name: /^Check/ }).click();
    await json.getByText('is no JSON with a ship of 900 tons yet').waitFor();
    await page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Enter');
    await terminal.run('grep WARNING harbour.log > warnings.txt');
    for (const name of [/Write something that programs read/, /Count the warnings/]) {
      await step(name)
        .getByRole('button', { name: /^Check/ })
        .click();
      await isDone(name);
    }
  });

  it('formulas are set', async () => {
    await instructions.turn();
    await expect.poll(() => instructions.pane.locator('.katex-html').count()).toBeGreaterThan(1);
    expect(await instructions.pane.getByText('\\underbrace').filter({ visible: true }).count()).toBe(0);
  });

  it('::copy with a system is pasted into its terminal; a check with auto passes by itself', async () => {
    const own = step(/Keep a letter to yourself/);
    await own.getByRole('button', { name: /^Type: echo/ }).click();
    await own.getByRole('button', { name: /^Paste into/ }).click();
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.shows('chmod 600 answer.txt');
    expect(await own.getAttribute('data-done')).toBe('false');
    await page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Enter');
    await isDone(/Keep a letter to yourself/, 45_000);
  });

  it(':::feedback is said to an answer; several may be right', async () => {
    const mode = step(/The owner may read and write/);
    await mode.getByRole('textbox').fill('644');
    await mode.getByRole('button', { name: 'Answer' }).click();
    await mode.getByText('is 6,').waitFor();
    const execute = step(/Which of these may be executed/);
    await execute.getByText('Several may be right.').waitFor();
    for (const name of ['-rwxr-xr-x', '-rwx--x--x']) await execute.getByRole('checkbox', { name }).check();
    await execute.getByRole('button', { name: 'Answer' }).click();
    await isDone(/Which of these may be executed/);
  });

  it('all of it can be printed', async () => {
    const print = await context.newPage();
    await print.goto(`${page.url()}/print`);
    await print.getByRole('heading', { name: 'Who may read this?' }).waitFor();
    await print.getByText('The pipe was built into Unix in 1973').waitFor();
    await print.getByRole('heading', { name: 'Look around' }).waitFor();
    expect(await print.locator('article').count()).toBe(3);
    // On paper nothing can be pressed.
    await print.emulateMedia({ media: 'print' });
    const acting = { name: /^(Type:|Check|Paste into|Hint|Answer|Save)/, disabled: false };
    expect(await print.getByRole('button', acting).filter({ visible: true }).allInnerTexts()).toEqual([]);
    await print.close();
  });
});

/** Where nothing routes it is refused: `abilities.e2e.spec.ts`. */
describe.skipIf(process.env[INSTANCE_VARIABLE])(
  'what pages are made of, in the lab "A firewall in front of a DMZ"',
  () => {
    beforeAll(() => begin('A firewall in front of a DMZ'));
    afterAll(endAll);

    it(':system brings the tab of the system to the front', async () => {
      for (const [link, tab] of [
        ['the web server itself', /web/i],
        ['the firewall', /firewall/i],
        ['the client', /client/i],
      ] as const) {
        await instructions.pane.getByRole('button', { name: link, exact: true }).first().click();
        await page.getByRole('tab', { name: tab, selected: true }).waitFor();
      }
    });
  },
);
