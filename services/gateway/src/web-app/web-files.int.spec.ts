import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebFiles } from './web-files.js';

let folder: string;
let files: WebFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-app-'));
  await mkdir(join(folder, 'assets'));
  for (const path of ['index.html', 'logo.svg', 'assets/index-BqC3x9_1.js']) await writeFile(join(folder, path), path);
  files = await WebFiles.in(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('WebFiles', () => {
  it.each([
    ['/', 'index.html', 'no-cache'],
    ['/index.html', 'index.html', 'no-cache'],
    ['/labs', 'index.html', 'no-cache'],
    ['/sessions/7a0f/desktop', 'index.html', 'no-cache'],
    ['/assets/index-BqC3x9_1.js', 'assets/index-BqC3x9_1.js', 'public, max-age=31536000, immutable'],
    ['/logo.svg', 'logo.svg', 'no-cache'],
  ])('%s is %s', (url, path, cacheControl) => {
    expect(files.find(url)).toEqual({ path, cacheControl });
  });

  it.each([
    '/assets/index-00000000.js',
    '/favicon.ico',
    '/../package.json',
    '/%2e%2e/package.json',
    '/.env',
    '/a%ZZ.js',
  ])('%s is nothing', (url) => {
    expect(files.find(url)).toBeUndefined();
  });

  it('has nothing when the web app is not built', async () => {
    expect((await WebFiles.in(join(folder, 'missing'))).find('/')).toBeUndefined();
  });
});
