import { openBrowser } from '../../e2e/support/browser.ts';

/** Loads the page as a first visitor does: script bytes over the wire, and when its main content is painted. */
export async function firstPage(url: string): Promise<{ scriptKb: number; largestPaintMs: number }> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') sizes.push(request.sizes().then((size) => size.responseBodySize));
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    const largestPaintMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0));
          observer.observe({ type: 'largest-contentful-paint', buffered: true });
        }),
    );
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    return { scriptKb: bytes / 1000, largestPaintMs };
  } finally {
    await browser.close();
  }
}
