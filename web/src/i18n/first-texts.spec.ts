// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { others } from './en/others.js';

const src = join(import.meta.dirname, '..');
const pages = ['auth/login.page', 'auth/invitation.page', 'workspace/workspace.page', 'instructions/window.page'];
const entries = ['main', 'app/header', ...pages, 'instructions/print.page'].map((name) => join(src, name));

/** The source files behind these pages, with what they load later. The router itself leads to all pages. */
function sourcesFrom(start: string[]): Map<string, string> {
  const sources = new Map<string, string>();
  const visit = (name: string) => {
    const file = [`${name}.tsx`, `${name}.ts`].find((one) => existsSync(one));
    if (file === undefined || sources.has(file)) return;
    const text = readFileSync(file, 'utf8');
    sources.set(file, text);
    const imports = file.endsWith('router.tsx') ? /from '(\.[^']+)\.js'/g : /(?:from |import\()'(\.[^']+)\.js'/g;
    for (const [, path] of text.matchAll(imports)) if (path !== undefined) visit(join(dirname(file), path));
  };
  for (const name of start) visit(name);
  return sources;
}

it('the sign-in and the workspace need no text of the other pages, which they do not load', () => {
  const sources = sourcesFrom(entries);
  expect(sources.size).toBeGreaterThan(100);
  const ofOthers = new RegExp(`['\`](?:${Object.keys(others).join('|')})\\.[\\w$.{}]+['\`]`, 'g');
  const found = [...sources]
    .filter(([file]) => !/\/i18n\/(en|de)\//.test(file))
    .flatMap(([file, text]) => (text.match(ofOthers) ?? []).map((key) => `${file.slice(src.length + 1)}: ${key}`));
  expect(found).toEqual([]);
});
