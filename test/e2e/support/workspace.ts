import { type BrowserContext, type Locator, type Page } from 'playwright-core';
import type { Login } from './product.ts';

/** The workspace of a session as a person uses it: by what is written on the screen. */
export class Workspace {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async signIn(context: BrowserContext, url: string, { username, password }: Login): Promise<Page> {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByLabel('User name').fill(username);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Labs', level: 1 }).waitFor();
    return page;
  }

  /** Presses Start in the catalog, or Continue where a session is open, and waits until the lab is ready. */
  static async start(page: Page, title: string, readyMs = 240_000): Promise<Workspace> {
    const name = new RegExp(`^(Start|Continue) “${title}”$`);
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
    const workspace = new Workspace(page);
    await workspace.isReady(readyMs);
    return workspace;
  }

  get sessionId(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  async phaseIs(name: string, timeout = 60_000) {
    await this.page
      .getByRole('status')
      .filter({ hasText: new RegExp(`^${name}$`, 'i') })
      .first()
      .waitFor({ timeout });
  }

  async isReady(timeout = 240_000) {
    await this.phaseIs('ready', timeout);
  }

  async tab(name: RegExp): Promise<Locator> {
    await this.page.getByRole('tab', { name }).click();
    return this.page.getByRole('tabpanel');
  }

  async terminal(name: RegExp): Promise<Terminal> {
    const panel = await this.tab(name);
    const rows = panel.locator('.xterm-rows');
    // Connected once something is written, or once it says that nothing is: what is typed before would be refused.
    await rows
      .filter({ hasText: /\S/ })
      .or(panel.getByText(/Nothing has been written yet/))
      .first()
      .waitFor();
    return new Terminal(this.page, rows, panel.locator('.xterm-helper-textarea'));
  }

  async press(name: string) {
    await this.page.getByRole('button', { name, exact: true }).first().click();
  }

  /** Pauses. Returns the titles of the systems of which it said before that they lose something. */
  async pause(): Promise<string[]> {
    await this.press('Pause');
    const dialog = this.page.getByRole('dialog', { name: 'Pause this session?' });
    const under = this.page.getByRole('status').filter({ hasText: /^paus(ing|ed)$/i });
    await dialog.or(under).first().waitFor();
    const losing = await dialog.getByRole('listitem').allInnerTexts();
    if (losing.length > 0) await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
    await this.phaseIs('paused');
    return losing;
  }

  async end() {
    await this.press('End');
    await this.press('End and delete');
    await this.page.getByRole('heading', { name: 'This session has ended' }).waitFor({ timeout: 120_000 });
  }
}

/** A terminal on the screen. */
export class Terminal {
  private readonly page: Page;
  private readonly rows: Locator;
  private readonly keyboard: Locator;

  constructor(page: Page, rows: Locator, keyboard: Locator) {
    this.page = page;
    this.rows = rows;
    this.keyboard = keyboard;
  }

  /** Types a line as a person does, with Return. */
  async run(line: string) {
    await this.keyboard.focus();
    await this.page.keyboard.type(line, { delay: 5 });
    await this.page.keyboard.press('Enter');
  }

  async shows(text: string | RegExp, timeout = 60_000) {
    await this.rows.filter({ hasText: text }).waitFor({ timeout });
  }

  async text(): Promise<string> {
    return (await this.rows.innerText()).replaceAll('\u00a0', ' ');
  }
}
