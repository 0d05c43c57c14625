import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.ts';
import { firstLine } from '../e2e/support/start-product.ts';
import { checkout } from '../../tools/setup/checkout.mjs';
import { FreshDebian } from './fresh-debian.ts';

describe.skipIf(process.getuid?.() !== 0)('a fresh Debian', () => {
  let debian: FreshDebian;
  beforeAll(async () => {
    debian = await FreshDebian.make(join(checkout, '.cache/fresh-debian'), checkout);
  });
  afterAll(() => debian?.remove());

  it('runs a lab after npm start, which installs all that is missing, and is left clean', async () => {
    const product = debian.run('npm', 'start', '--silent', '--', '--json', '--port', '0', '--images', 'terminal');
    const ended = once(product, 'exit');
    const { url, admin } = JSON.parse(await firstLine(product));
    const api = await Api.signIn(url, admin);
    const { id } = await api.start(await api.labNamed('first-steps'));
    await api.reaches(id, ['ready'], 60_000);
    await api.end(id);
    await api.reaches(id, ['ended'], 60_000);
    debian.interrupt(product);
    await ended;
    const [code] = await once(debian.run('npm', 'run', '-s', 'clean', '--', '--yes'), 'exit');
    expect(code).toBe(0);
  });
});
