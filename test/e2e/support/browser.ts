import { type Browser, chromium } from 'playwright-core';

/** Debian's browser, or the one that LAB_CHROMIUM names. */
const executablePath = process.env['LAB_CHROMIUM'] ?? '/usr/bin/chromium';

/** A real browser without a screen and without calls home. Close it in `afterAll`. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      // The tests may run as root, where Chromium's own sandbox refuses to start.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
