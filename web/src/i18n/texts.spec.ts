// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { de } from './de/index.js';
import { en } from './en/index.js';

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  );
const german = new Map(leaves(de));
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}|<(\w+)>/g)].map((match) => match[0]).toSorted();

describe('the texts', () => {
  it('have the same gaps to fill in German', () => {
    const gaps = (entries: [string, string][]) => entries.map(([key, text]) => `${key} ${variables(text).join(' ')}`);
    expect(gaps(leaves(en).map(([key]) => [key, german.get(key) ?? '']))).toEqual(gaps(leaves(en)));
  });

  it('shout at nobody', () => {
    expect([...leaves(en), ...leaves(de)].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});
