import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Login, product } from './product.ts';
import { Workspace } from './workspace.ts';

/** A browser that tells of every script that is not ours, and of whatever is fetched from elsewhere. */
export async function watched(
  browser: Browser,
  login: Login,
  happened: string[],
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en' });
  context.setDefaultTimeout(30_000);
  await context.exposeFunction('toldOf', (what: string) => void happened.push(what));
  await context.addInitScript(() => {
    const tell = (what: string) => void (Reflect.get(window, 'toldOf') as (text: string) => void)(what);
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
      Reflect.set(window, name, () => tell(`${name} was called`));
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      tell(`the policy stopped ${violatedDirective} ${blockedURI}`),
    );
  });
  const page = await Workspace.signIn(context, product().url, login);
  context.on('dialog', (dialog) => {
    happened.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const own = new URL(product().url);
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.hostname !== own.hostname)
      happened.push(`fetched ${url.href}`);
  });
  return { context, page };
}
