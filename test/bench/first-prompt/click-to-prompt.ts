import type { Page } from 'playwright-core';
import type { Api } from '../../e2e/support/api.ts';

const longestMs = 600_000;

export interface Prompt {
  /** The lab's title in the catalog. */
  lab: string;
  tab: RegExp;
  prompt: RegExp;
}

export interface Started {
  ms: number;
  sessionId: string;
}

/** From the click on Start until the prompt stands on the screen: what a person waits for. */
export async function clickToPrompt(page: Page, { lab, tab, prompt }: Prompt): Promise<Started> {
  const start = page.getByRole('button', { name: `Start “${lab}”` }).first();
  await start.waitFor({ timeout: longestMs });
  const clickedAt = performance.now();
  await start.click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/, { timeout: longestMs });
  await page.getByRole('tab', { name: tab }).click({ timeout: longestMs });
  const rows = page.getByRole('tabpanel').locator('.xterm-rows');
  await rows.filter({ hasText: prompt }).waitFor({ timeout: longestMs });
  const ms = performance.now() - clickedAt;
  return { ms, sessionId: new URL(page.url()).pathname.split('/').at(-1) ?? '' };
}

/** Ends the session and goes back to the catalog, so that the next start finds what the first one found. */
export async function leave(page: Page, api: Api, sessionId: string): Promise<void> {
  await api.end(sessionId);
  await api.reaches(sessionId, ['ended'], longestMs);
  await page.goto(new URL('/', page.url()).href);
  await page.getByRole('heading', { name: 'Labs', level: 1 }).waitFor();
}
