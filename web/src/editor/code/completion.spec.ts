// @vitest-environment node
import { builtinVariableNames } from '@lab-orchestrator/contracts';
import { labFileSchema } from '@lab-orchestrator/lab-folder/check';
import { describe, expect, it } from 'vitest';
import { builtinVariables } from './builtin-variables.js';
import { completeLabFile } from './complete-lab-file.js';
import { completePage, relativePath } from './complete-page.js';
import type { Knowledge } from './suggestion.js';

const knowledge: Knowledge = {
  schema: labFileSchema(),
  names: {
    systems: [
      { name: 'desk', title: 'Desk', kind: 'container', access: [{ name: 'shell', kind: 'terminal' }] },
      { name: 'server', title: 'Server', kind: 'vm', access: [{ name: 'console', kind: 'serial' }] },
    ],
    networks: ['lan', 'dmz'],
    presets: ['tiny'],
    variables: ['flag'],
    languages: ['en'],
    folder: 'pages',
  },
  images: [
    { name: 'terminal', kind: 'container' },
    { name: 'small-vm', kind: 'disk' },
  ],
  paths: ['lab.yaml', 'files/check.sh', 'pages/en/01-start.md', 'pages/en/net.svg'],
};
const inLabFile = (text: string) =>
  completeLabFile(text.replace('|', ''), text.indexOf('|'), knowledge)?.items.map(({ label }) => label) ?? [];
const inPage = (head: string) =>
  completePage('pages/en/01-start.md', head, knowledge)?.items.map(({ label }) => label) ?? [];

describe('completion in lab.yaml', () => {
  it('offers the keys of the schema that are not there, with what they mean', () => {
    expect(inLabFile('id: a\n|')).toContain('systems');
    expect(inLabFile('id: a\n|')).not.toContain('id');
    const items = completeLabFile('session:\n  ', 11, knowledge)?.items;
    expect(items?.find(({ label }) => label === 'pause')?.info).toBe(
      'Learners may pause; hibernate: a cluster then shuts machines down whose disks all last',
    );
  });

  it('offers what fits the kind of a system', () => {
    expect(inLabFile('systems:\n  - kind: vm\n    |')).toEqual(expect.arrayContaining(['disks', 'firmware']));
    expect(inLabFile('systems:\n  - kind: vm\n    |')).not.toContain('environment');
    expect(inLabFile('systems:\n  - kind: container\n    |')).toContain('environment');
  });

  it.each([
    ['choices', 'level: |', ['beginner', 'intermediate', 'advanced']],
    ['kinds', 'systems:\n  - kind: |', ['container', 'vm']],
    ['networks', 'systems:\n  - networks: [|', ['lan', 'dmz']],
    ['networks on lines of their own', 'systems:\n  - networks:\n      - |', ['lan', 'dmz']],
    ['presets', 'systems:\n  - preset: |', ['tiny']],
    ['images of containers', 'systems:\n  - image: |', ['terminal']],
    ['images of disks', 'systems:\n  - disks:\n      - image: |', ['small-vm']],
    [
      'files',
      'systems:\n  - files:\n      - { path: /a, from: |',
      ['files/check.sh', 'pages/en/01-start.md', 'pages/en/net.svg'],
    ],
    ['ways in', 'systems:\n  - access:\n      - { kind: |', ['terminal', 'serial', 'desktop', 'web']],
  ])('offers %s', (_, text, labels) => {
    expect(inLabFile(text)).toEqual(labels);
  });

  it('offers variables between braces', () => {
    expect(inLabFile('systems:\n  - environment: { A: "{{ f|')).toEqual([
      'flag',
      'user.name',
      'user.id',
      'session.id',
      'system.desk.address',
      'system.server.address',
    ]);
  });
});

describe('completion in pages', () => {
  it.each([
    ['on a line', '::', ['command', 'copy', 'check', 'tick', 'set', 'video', 'audio', 'download']],
    ['around lines', ':::', ['step', 'quiz', 'feedback', 'hint', 'knowledge']],
    ['in a line', 'Open :s', ['system']],
    ['attributes that are not there', '::command{system=desk ', ['access', 'run', 'return', 'label']],
    ['systems', '::command{system=', ['desk', 'server']],
    ['the ways into that system', '::command{system=server access=', ['console']],
    ['systems in a line', 'Open :system[it]{name=d', ['desk', 'server']],
    ['scripts', '::check{from=', ['files/check.sh', 'pages/en/net.svg']],
    ['files as the page reaches them', '![net](', ['../../files/check.sh', 'net.svg']],
    ['nothing in plain text', 'Wait: now', []],
    ['nothing behind a full line', 'text ::', []],
  ])('offers %s', (_, head, labels) => {
    expect(inPage(head)).toEqual(labels);
  });

  it('closes a box with as many colons as it began', () => {
    const items = completePage('pages/en/01-start.md', '::::st', knowledge)?.items;
    expect(items?.find(({ label }) => label === 'step')?.insert).toMatch(/\n::::$/);
  });
});

it.each([
  ['pages/en/a.md', 'pages/en/b.png', 'b.png'],
  ['pages/en/a.md', 'pages/de/b.png', '../de/b.png'],
  ['pages/en/deep/a.md', 'files/b', '../../../files/b'],
])('from %s, %s is %s', (from, to, path) => {
  expect(relativePath(from, to)).toBe(path);
});

it('knows the variables of the contract', () => {
  expect(builtinVariables).toEqual(builtinVariableNames);
});
