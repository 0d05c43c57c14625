// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { LabCheck } from '../check/lab-check.js';
import { bytesOf, type LabFiles } from '../model/lab-files.js';
import { noNames } from '../model/lab-names.js';
import { newLab } from '../model/new-lab.js';
import { fileOf, pageIn } from './page-files.js';
import { previewFiles } from './preview-files.js';
import { previewValue } from './preview-value.js';

const files = new Map(newLab({ id: 'a', title: 'A', language: 'en' }));
const page = String(files.get('pages/en/01-start.md'));
files.set(
  'pages/en/01-start.md',
  page
    .replace('::check', ':::hint{cost=1}\nLook here.\n:::\n\n::check')
    .replace(':::step', '::::step')
    .replace(/:::\n$/, '::::\n'),
);

describe('a preview', () => {
  it('is a lab nobody has begun, with its hints open and nothing to press', () => {
    const { instructions, names, diagnostics } = checked(files);
    expect(diagnostics).toEqual([]);
    const value = previewValue({
      instructions,
      names,
      language: 'de',
      files: previewFiles(files),
      go: () => undefined,
    });
    expect(value).toMatchObject({
      canAct: false,
      language: 'en',
      session: { systems: [{ name: 'desk', state: 'ready' }] },
    });
    expect(value?.steps.get('hello')?.state).toMatchObject({
      done: false,
      hints: [{ children: [{ type: 'paragraph' }] }],
    });
  });

  it('takes files from memory and tells one content from another', async () => {
    const before = previewFiles(new Map([['a.png', new Uint8Array([1])]]));
    const after = previewFiles(new Map([['a.png', new Uint8Array([2])]]));
    expect(before.key('a.png')).not.toEqual(after.key('a.png'));
    const blob = await after.fetch('a.png');
    expect([blob.type, [...new Uint8Array(await blob.arrayBuffer())]]).toEqual(['image/png', [2]]);
    await expect(after.fetch('gone.png')).rejects.toThrow('gone.png');
  });
});

describe('pages and their files', () => {
  const names = { ...noNames, languages: ['en', 'de'] };
  it.each([
    ['pages/en/01-start.md', { language: 'en', slug: '01-start' }],
    ['pages/en/deep/02.md', { language: 'en', slug: '02' }],
    ['pages/fr/01.md', undefined],
    ['pages/en/net.svg', undefined],
    ['lab.yaml', undefined],
  ])('%s', (path, found) => {
    expect(pageIn(path, names)).toEqual(found);
    if (found !== undefined) expect(fileOf(new Map([[path, '']]), names, found)).toBe(path);
  });
});

function checked(lab: LabFiles) {
  const set = [...lab].map(([path, content]) => [path, bytesOf(content)] as [string, Uint8Array<ArrayBuffer>]);
  const answer = new LabCheck().answer({ round: 1, set, removed: [], options: {} });
  if (answer.kind !== 'checked' || answer.instructions === undefined || answer.names === undefined)
    throw new Error('the lab cannot be read');
  return { instructions: answer.instructions, names: answer.names, diagnostics: answer.diagnostics };
}
