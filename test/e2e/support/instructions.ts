import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { WrittenAnswer } from './written-answers.ts';

/** How long a check may need until it passes: the machine that it asks may just be booting. */
const PASSES_WITHIN_MS = 180_000;
/** How often it looks at a terminal. One that stands still at its prompt from one look to the next has finished. */
const LOOK_MS = 750;
const PROMPT = /[$#]$/;
/** Without a prompt, one in which nothing has moved for so long has finished, or asks something. */
const STILL_MS = 3_000;

/** The instructions in a workspace, as a learner uses them: by what is written on the screen. */
export class InstructionsPane {
  readonly page: Page;
  readonly pane: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('region', { name: 'Instructions of the lab' });
  }

  async isOn(title: string | RegExp) {
    await this.pane.getByRole('heading', { level: 2, name: title }).waitFor();
  }

  title(): Promise<string> {
    return this.pane.getByRole('heading', { level: 2 }).innerText();
  }

  async read(language: string) {
    await this.pane.getByLabel('Language of the instructions').selectOption(language);
    await this.pane.locator(`article[lang=${language}]`).waitFor();
  }

  steps(): Locator {
    return this.pane.locator('article section[data-done]');
  }

  /** Turns the page; false on the last one. */
  async turn(): Promise<boolean> {
    const next = this.pane.getByRole('button', { name: /^Next: “/ });
    if ((await next.count()) === 0) return false;
    const before = await this.title();
    await next.click();
    await expect.poll(() => this.title()).not.toBe(before);
    return true;
  }

  /** Does one step: its commands from first to last, then its tick, its question or its checks. */
  async doStep(step: Locator, answers: Map<string, WrittenAnswer>) {
    const actions = await step
      .getByRole('button', { name: /^(Type:|Paste into|To the clipboard of)/ })
      .filter({ visible: true })
      .all();
    for (const action of actions) await this.press(action);
    const id = ((await step.getAttribute('id')) ?? '').replace(/^in-/, '');
    const answer = answers.get(id);
    if (answer !== undefined) await this.answer(step, answer);
    else if (await step.getByRole('button', { name: /^Check/ }).count()) await this.pass(step);
    else await step.getByRole('checkbox').check();
    await expect.poll(() => step.getAttribute('data-done'), { timeout: 30_000 }).toBe('true');
  }

  private async press(action: Locator) {
    const typesAll = (await action.getAttribute('title')) !== 'Types it there, without Return.';
    const pastes = (await action.innerText()).startsWith('Paste into');
    await action.click();
    await expect.poll(() => action.getAttribute('aria-busy'), { timeout: 30_000 }).not.toBe('true');
    if ((await this.terminal().count()) === 0) return;
    if (pastes) await this.page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
    if (pastes || !typesAll) await this.page.keyboard.press('Enter');
    await this.settled();
  }

  private terminal(): Locator {
    return this.page.getByRole('tabpanel').locator('.xterm-rows');
  }

  /** Waits until the terminal stands still, and trusts the key of a host it meets for the first time. */
  private async settled(withinMs = 120_000) {
    const until = Date.now() + withinMs;
    let before = '';
    let stillMs = 0;
    while (Date.now() < until) {
      await this.page.waitForTimeout(LOOK_MS);
      const now = (await this.terminal().innerText()).trimEnd();
      stillMs = now === before ? stillMs + LOOK_MS : 0;
      if (now !== before && /\(yes\/no[^)]*\)\?$/.test(now)) {
        await this.page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
        await this.page.keyboard.type('yes\n');
      } else if (stillMs >= (PROMPT.test(now) ? LOOK_MS : STILL_MS)) return;
      before = now;
    }
    throw new Error(`the terminal is busy since ${withinMs / 1_000} s:\n${before}`);
  }

  private async answer(step: Locator, answer: WrittenAnswer) {
    if ('text' in answer) await step.getByRole('textbox').fill(answer.text);
    else for (const option of answer.options) await step.getByLabel(option, { exact: true }).check();
    await step.getByRole('button', { name: 'Answer' }).click();
  }

  /** Presses each check until it passes. */
  private async pass(step: Locator) {
    const checks = step.getByRole('button', { name: /^Check/ });
    const passed = async () => {
      for (const check of await checks.all()) {
        // It may have passed by itself a moment ago, or run still.
        await check.click({ timeout: 5_000 }).catch(() => undefined);
        await expect
          .poll(async () => (await check.count()) === 0 || (await check.isEnabled().catch(() => true)), {
            timeout: 60_000,
          })
          .toBe(true);
      }
      return (await checks.count()) === 0;
    };
    await expect
      .poll(passed, { timeout: PASSES_WITHIN_MS, interval: 3_000, message: `checks of ${await step.innerText()}` })
      .toBe(true);
  }
}
