// @vitest-environment node
import { findMistakes } from '@lab-orchestrator/lab-folder/check';
import { describe, expect, it } from 'vitest';
import { changesBetween, hasChanges, patched, patchOf } from './changes.js';
import { edited, opened, type LabEditing } from './lab-editing.js';
import { bytesOf, contentOf, type LabFiles, sortedPaths } from './lab-files.js';
import { idFor, newLab } from './new-lab.js';
import { freePath, nextPagePath, pathProblem, tidyName, uploadLimits, uploadProblem } from './new-path.js';

const png = new Uint8Array([137, 80, 0, 255]);
const base: LabFiles = new Map<string, string | typeof png>([
  ['lab.yaml', 'id: a\n'],
  ['pages/en/01-start.md', '# Start\n'],
  ['pages/en/net.png', png],
]);
const without = (files: LabFiles, path: string) => new Map([...files].filter(([other]) => other !== path));

describe('files in memory', () => {
  it.each(['ä\r\nb', '\uFEFFbom', ''])('are text that is saved as it was: %j', (text) => {
    const content = contentOf(new TextEncoder().encode(text));
    expect(content).toBe(text);
    expect(bytesOf(content)).toEqual(new TextEncoder().encode(text));
  });

  it('are bytes where they are no text', () => {
    expect(contentOf(png)).toBe(png);
    expect(contentOf(new Uint8Array([0xff, 0xfe]))).toEqual(new Uint8Array([0xff, 0xfe]));
  });

  it('are listed with the lab file first and numbers by value', () => {
    const files = new Map(['pages/en/10-b.md', 'a.txt', 'pages/en/9-a.md', 'lab.yaml'].map((path) => [path, '']));
    expect(sortedPaths(files)).toEqual(['lab.yaml', 'a.txt', 'pages/en/9-a.md', 'pages/en/10-b.md']);
  });
});

describe('changes', () => {
  const after: LabFiles = new Map([
    ...without(without(base, 'pages/en/net.png'), 'lab.yaml'),
    ['lab.yaml', 'id: b\n'],
    ['pages/en/net-2.png', new Uint8Array(png)],
    ['notes.txt', 'new'],
  ]);

  it('are told file by file, a renamed one as such', () => {
    expect(changesBetween(base, after).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'changed lab.yaml',
      'added notes.txt',
      'renamed pages/en/net-2.png',
    ]);
    expect(changesBetween(base, without(base, 'lab.yaml'))).toEqual([
      { kind: 'removed', path: 'lab.yaml', before: 'id: a\n' },
    ]);
  });

  it('are none where the same content is there', () => {
    expect(hasChanges(base, new Map(base).set('pages/en/net.png', new Uint8Array(png)))).toBe(false);
    expect(hasChanges(base, after)).toBe(true);
  });

  it('can be kept and applied again', () => {
    const patch = patchOf(base, after);
    expect(patch.removed).toEqual(['pages/en/net.png']);
    expect(patched(base, patch)).toEqual(after);
  });
});

describe('editing', () => {
  const start = opened({ labId: 'l', slug: 'a', version: 1, digest: 'd' }, base, base);
  const after = (...edits: Parameters<typeof edited>[1][]): LabEditing => edits.reduce(edited, start);

  it('opens the lab file first', () => expect(start.path).toBe('lab.yaml'));

  it('changes, adds, renames and removes files, and follows what is open', () => {
    expect(after({ do: 'write', path: 'lab.yaml', content: 'x' }).files.get('lab.yaml')).toBe('x');
    expect(after({ do: 'write', path: 'lab.yaml', content: 'id: a\n' })).toBe(start);
    const added = after({ do: 'add', path: 'b.md', content: '' });
    expect(added.path).toBe('b.md');
    const renamed = edited(added, { do: 'rename', path: 'b.md', to: 'c.md' });
    expect([renamed.path, renamed.files.has('b.md')]).toEqual(['c.md', false]);
    expect(edited(renamed, { do: 'remove', path: 'c.md' }).path).toBe('lab.yaml');
  });

  it('jumps to the same place twice', () => {
    const there = { do: 'open', path: 'lab.yaml', line: 3 } as const;
    expect(after(there, there).jump).toEqual({ line: 3, column: 1, visit: 2 });
  });

  it('counts from what was saved, also when more was typed meanwhile', () => {
    const typed = after({ do: 'write', path: 'lab.yaml', content: 'later' });
    const saved = edited(typed, { do: 'saved', as: { labId: 'l', slug: 'a', version: 2, digest: 'e' }, files: base });
    expect(hasChanges(saved.base, saved.files)).toBe(true);
    expect(saved.saved?.version).toBe(2);
  });
});

describe('paths of new files', () => {
  it.each([
    ['', 'empty'],
    ['../a', 'invalid'],
    ['/a', 'invalid'],
    ['a//b', 'invalid'],
    ['lab.yaml', 'taken'],
    ['pages', 'folder'],
    ['lab.yaml/b', 'folder'],
    ['files/a.txt', undefined],
  ])('%j is %s', (path, problem) => expect(pathProblem(base, path)).toBe(problem));

  it('go on where the pages end, and get a number where the name is taken', () => {
    expect(nextPagePath(base, 'pages', 'en')).toBe('pages/en/02-page.md');
    expect(nextPagePath(base, 'pages', 'de')).toBe('pages/de/01-page.md');
    expect(freePath(base, 'pages/en/net.png')).toBe('pages/en/net-2.png');
  });

  it('have no blanks', () => expect(tidyName('../Mein Bild (1).png')).toBe('Mein-Bild-1-.png'));

  it('are refused where the file is too large', () => {
    expect(uploadProblem(base, uploadLimits.fileBytes + 1)).toBe('fileTooLarge');
    expect(uploadProblem(new Map([['a', new Uint8Array(uploadLimits.labBytes)]]), 1)).toBe('labTooLarge');
    expect(uploadProblem(base, 1)).toBeUndefined();
  });
});

describe('a new lab', () => {
  it.each(['en', 'de'] as const)('has no mistake in "%s"', (language) => {
    const files = newLab({ id: 'my-lab', title: 'Say "hello": a lab', language });
    const bytes = new Map([...files].map(([path, content]) => [path, bytesOf(content)]));
    const { diagnostics, lab, instructions } = findMistakes(bytes, { images: new Map([['terminal', 'container']]) });
    expect(diagnostics).toEqual([]);
    expect(lab?.title).toBe('Say "hello": a lab');
    expect(instructions?.steps).toMatchObject([{ id: 'hello', kind: 'check' }]);
  });

  it.each([
    ['Zwei Rechner, ein Netz', 'zwei-rechner-ein-netz'],
    ['3 Größen & Maße', 'grossen-masse'],
    ['!', ''],
  ])('called %j gets the id %j', (title, id) => expect(idFor(title)).toBe(id));
});
