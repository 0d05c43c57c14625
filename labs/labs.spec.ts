import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageInstructions, PageBlock } from '@lab-orchestrator/contracts';
import { checkFolder } from '@lab-orchestrator/lab-folder';
import { directiveTable } from '@lab-orchestrator/page-compiler';
import { describe, expect, it } from 'vitest';
import { filesOf } from './lab-run.js';

const here = import.meta.dirname;
const labs = readdirSync(here).filter((name) => statSync(join(here, name)).isDirectory());
const images = new Map<string, 'container' | 'disk'>([
  ['terminal', 'container'],
  ['desktop', 'container'],
  ['small-vm', 'disk'],
  ['debian-vm', 'disk'],
]);

/** Every object of a tree: nodes, and what they hold. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { ...value };
  for (const child of Object.values(value)) yield* objectsIn(child);
}

/** What must be the same in every language: pages, steps, commands, checks, answers. Texts are not; nor is what is typed of them. */
function skeletonOf({ pages, answers }: LanguageInstructions) {
  const withoutTexts = (text: string) => text.replaceAll(/<h1>.*<\/h1>/g, '<h1>');
  const nodes = [...objectsIn(pages)];
  const commands = nodes.filter((node): node is PageBlock & { type: 'command' } => node['type'] === 'command');
  return {
    pages: pages.map(({ slug, order, durationS }) => ({ slug, order, durationS })),
    steps: pages.flatMap(({ steps }) => steps.map((step) => ({ ...step, title: undefined }))),
    commands: commands.map(({ system, access, run, enter }) => withoutTexts(JSON.stringify({ system, access, run, enter }))),
    checks: Object.values(answers.checks).map((check) => ({ ...check, message: undefined })),
  };
}

describe.each(labs)('the lab %s', (lab) => {
  const { diagnostics, instructions } = checkFolder(filesOf(lab), { images });

  it('has no error and no warning', () => {
    expect(diagnostics).toEqual([]);
  });

  it('teaches the same in English and German', () => {
    const [english, german, ...others] = instructions?.languages ?? [];
    expect([english?.language, german?.language, others]).toEqual(['en', 'de', []]);
    if (!english || !german) throw new Error('a language is missing');
    expect(skeletonOf(german)).toEqual(skeletonOf(english));
    expect(german.pages.every(({ language }) => language === 'de')).toBe(true);
  });
});

describe('the labs together', () => {
  const markdown = labs.flatMap((lab) =>
    [...filesOf(lab)].filter(([path]) => path.endsWith('.md')).map(([, content]) => Buffer.from(content).toString()),
  );
  const compiled = labs.map((lab) => checkFolder(filesOf(lab)).instructions);
  const types = new Set([...objectsIn(compiled)].flatMap(({ type, kind }) => [type, kind]));

  it.each(Object.keys(directiveTable))('show the directive %s', (name) => {
    expect(markdown.some((text) => new RegExp(`(^|[^:\\w]):{1,4}${name}\\b`, 'm').test(text))).toBe(true);
  });

  it.each(['system', 'run', 'from', 'expect', 'timeout', 'retries', 'auto', 'message', 'label'])(
    'show the attribute %s of checks',
    (name) => {
      expect(markdown.some((text) => new RegExp(`^::check\\{.*\\b${name}=`, 'm').test(text))).toBe(true);
    },
  );

  it('show texts for the clipboard of a system and for one of the learner', () => {
    const copies = [...objectsIn(compiled)].filter(({ type }) => type === 'copy');
    expect(new Set(copies.map(({ system }) => system === undefined))).toEqual(new Set([true, false]));
  });

  it.each(
    [
      'single multiple text number regex json',
      'table diagram math inlineMath code picture video audio download footnoteReference',
      'link pageLink quote thematicBreak list heading variable systemLink',
    ].flatMap((line) => line.split(' ')),
  )('show what becomes "%s"', (type) => {
    expect(types).toContain(type);
  });
});
