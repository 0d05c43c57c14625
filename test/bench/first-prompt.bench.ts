import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { Api } from '../e2e/support/api.ts';
import { openBrowser } from '../e2e/support/browser.ts';
import { parseProduct, type Product } from '../e2e/support/product.ts';
import { startProduct } from '../e2e/support/start-product.ts';
import { Workspace } from '../e2e/support/workspace.ts';
import { bareBoot, type BootRecipe, recipeOf } from './first-prompt/bare-boot.ts';
import { bootLabTitle, importBootLab } from './first-prompt/boot-lab.ts';
import { clickToPrompt, leave, type Prompt } from './first-prompt/click-to-prompt.ts';
import type { Bench, Row } from './support/bench.ts';
import { combined, rowNamed } from './support/derived.ts';
import { measure } from './support/measure.ts';

const shell: Prompt = { lab: 'First steps in the shell', tab: /workstation/i, prompt: /\$/ };
const machine: Prompt = { lab: bootLabTitle, tab: /server/i, prompt: /login:/ };
const names = { bare: 'bare QEMU, to the login prompt', machine: 'virtual machine, click to login prompt' };
/** Such as `container`; both without it. */
const wanted = process.env['LAB_BENCH_PARTS']?.split(',') ?? ['container', 'vm'];

export const bench: Bench = {
  title: 'P13: from the click on Start to the first prompt in the browser',
  async run(say) {
    const started = await startProduct();
    const browser = await openBrowser();
    try {
      const product = parseProduct(started.line);
      // One each: who is signed in already is asked for no name.
      const context = () => browser.newContext({ viewport: { width: 1400, height: 900 } });
      const rows: Row[] = [];
      if (wanted.includes('container')) rows.push(...(await measureContainer(product, await context(), say)));
      if (wanted.includes('vm'))
        rows.push(...(await measureMachine(product, await context(), join(started.data, 'runtime'), say)));
      return rows;
    } finally {
      await browser.close();
      await started.stop();
    }
  },
};

async function signIn({ url, learner }: Product, context: BrowserContext) {
  return { page: await Workspace.signIn(context, url, learner), api: await Api.signIn(url, learner) };
}

async function measureContainer(
  product: Product,
  context: BrowserContext,
  say: (text: string) => void,
): Promise<Row[]> {
  const { page, api } = await signIn(product, context);
  say('a container');
  const seconds = async () => {
    const { ms, sessionId } = await clickToPrompt(page, shell);
    await leave(page, api, sessionId);
    return ms / 1000;
  };
  const rows = await measure([{ name: 'container, click to prompt', bar: '≤ 3 s', measure: seconds }], { unit: 's' });
  await page.close();
  return rows;
}

async function measureMachine(
  product: Product,
  context: BrowserContext,
  runtimeFolder: string,
  say: (text: string) => void,
): Promise<Row[]> {
  await importBootLab(await Api.signIn(product.url, product.admin));
  const { page, api } = await signIn(product, context);
  say('a virtual machine, for the first time: its image is imported');
  const recipe = await recipeFrom(page, api, runtimeFolder);
  say('virtual machines');
  const throughProduct = async () => {
    const { ms, sessionId } = await clickToPrompt(page, machine);
    await leave(page, api, sessionId);
    return ms / 1000;
  };
  try {
    const rows = await measure(
      [
        { name: names.bare, measure: async () => (await bareBoot(recipe)) / 1000 },
        { name: names.machine, measure: throughProduct },
      ],
      { unit: 's', warmUps: 0 },
    );
    const added = { name: 'virtual machine, added to its boot', unit: 's', bar: '≤ 1 s' };
    const pair = [rowNamed(rows, names.machine), rowNamed(rows, names.bare)] as const;
    return [...rows, combined(added, pair, (ours, bare) => ours - bare)];
  } finally {
    rmSync(recipe.folder, { recursive: true, force: true });
    await page.close();
  }
}

async function recipeFrom(page: Page, api: Api, runtimeFolder: string): Promise<BootRecipe> {
  const { sessionId } = await clickToPrompt(page, machine);
  const recipe = await recipeOf(runtimeFolder, sessionId);
  await leave(page, api, sessionId);
  return recipe;
}
