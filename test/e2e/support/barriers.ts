import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What keeps people from using the page as it is now, by axe: each violation that is serious or critical, and where. */
export const barriersOf = (page: Page) => found(new AxeBuilder({ page }));

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`,
    );
}

/** The same in the light and in the dark theme, which differ in nothing but colours. */
export async function barriersInBothThemes(page: Page): Promise<string[]> {
  const light = await barriersOf(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator(':root[data-mantine-color-scheme=dark]').waitFor();
  // Colours that are inherited arrive a frame later, even where nothing is animated.
  await page.waitForFunction(() => document.getAnimations().length === 0);
  const dark = await found(new AxeBuilder({ page }).withRules('color-contrast'));
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((barrier) => `dark ${barrier}`)];
}
