// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusals } from './de/refusals.js';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('{services/*,libs/platform}/src/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8'));
const found = (pattern: RegExp) => sources.flatMap((text) => [...text.matchAll(pattern)].map(([, one = '']) => one));

/** The codes of refusals as they are written in the services: in place, by a function for several, by HTTP status. */
const codes = new Set([
  ...found(/(?:UserError|refused)\(\s*'([a-z_]+)'/g),
  ...found(/notFound = \(what: ([^)]+)\)/g).flatMap((kinds) =>
    [...kinds.matchAll(/'(\w+)'/g)].map(([, kind = '']) => `${kind}_not_found`),
  ),
  ...found(/^ {2}4\d\d: '([a-z_]+)',$/gm),
]);

describe('the German words for refusals', () => {
  it('are about codes that the services still have', () => {
    expect(codes.size).toBeGreaterThan(50);
    expect(Object.keys(refusals).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('shout at nobody, and have no gap that nobody fills', () => {
    expect(Object.values(refusals).filter((text) => /!|\{\{|\$t/.test(text))).toEqual([]);
  });
});
