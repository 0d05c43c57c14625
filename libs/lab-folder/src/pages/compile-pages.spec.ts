import { describe, expect, it } from 'vitest';
import { checkFolder } from '../check/check-folder.js';
import { filesOf, sampleLab } from '../testing/sample-lab.js';

const page = 'pages/en/01-start.md';
const check = (markdown: string, files: Record<string, string> = {}) =>
  checkFolder(filesOf(sampleLab({ [page]: markdown, ...files }))).diagnostics;

describe('pages', () => {
  it.each<[string, string, string]>([
    ['an unknown system', 'Open :system[it]{name=servr}.', '1:6 servr unknown_system'],
    [
      'an unknown system of a command',
      '\n::command{system=attackr access=shell run="ls"}',
      '2:1 attackr unknown_system',
    ],
    [
      'an unknown system of a check',
      ':::step{#a}\n::check{system="nobody" run="true"}\n:::',
      '2:1 nobody unknown_system',
    ],
    ['an unknown access', ':system[it]{name=attacker access=shel}', '1:1 shel unknown_access'],
    ['an unknown step', ':::step{#ping}\n:::\n[again](#pin)', '3:1 pin unknown_step'],
    ['an unknown step of another page', '[next](02-next.md#here)', '1:1 here unknown_step'],
    ['an unknown page', '[next](03-gone.md)', '1:1 03-gone.md file_missing'],
    ['a picture that is not there', 'See\n![x](gone.png "Title")', '2:1 gone.png file_missing'],
    ['a picture outside', '![x](../../../x.png)', '1:1 ../../../x.png path_outside'],
    ['a picture at an absolute path', '![x](/etc/passwd)', '1:1 /etc/passwd path_outside'],
    ['a video that is not there', '::video[captions]{src=ping.webm}', '1:1 ping.webm file_missing'],
    ['an unknown variable', 'The flag is {{ flagg }}.', '1:13 flagg unknown_variable'],
    [
      'the address of an unknown system',
      'Go to {{ system.nobody.address }}',
      '1:7 system.nobody.address unknown_variable',
    ],
    ['a step twice', ':::step{#a}\n:::\n:::quiz{#a}\n- [x] yes\n:::', '3:1 #a duplicate_step'],
  ])('may not point to %s', (_, markdown, place) => {
    const diagnostics = check(markdown, { 'pages/en/02-next.md': 'x' });
    expect(
      diagnostics.map(({ file, line, column, path, code }) => `${file}:${line}:${column} ${path} ${code}`),
    ).toEqual([`${page}:${place}`]);
  });

  it.each<[string, string]>([
    ['a fenced block', '```\n:system[x]{name=nobody} {{ nothing }} ![x](gone.png)\n```'],
    ['a block with longer fences', '````md\n```\n![x](gone.png)\n```\n````'],
    ['code in a line', 'Write `{{ nothing }}` or ``![x](gone.png)``.'],
    ['a system by name', ':system[it]{name="server" access=site} and {{ system.server.address }} for {{ user.name }}'],
    ['a link to the web', '[x](https://example.org/a#b) [mail](mailto:a@example.org)'],
    ['a heading of the page', '# How it works\n[up](#how-it-works)'],
    ['a step of another page', '[next](02-next.md#there)'],
    ['a picture with a space in its name', '![x](the%20network.svg)'],
  ])('may have %s', (_, markdown) => {
    expect(
      check(markdown, { 'pages/en/02-next.md': ':::step{#there title="x"}\n:::', 'pages/en/the network.svg': 'x' }),
    ).toEqual([]);
  });

  it('may repeat step ids in another language, whose pages may be missing', () => {
    const yaml = (sampleLab()['lab.yaml'] ?? '').replace('languages: [en]', 'languages: [en, de, fr]');
    const diagnostics = check(':::step{#a}\n:::', { 'lab.yaml': yaml, 'pages/de/01.md': ':::step{#a}\n:::' });
    expect(diagnostics).toMatchObject([{ severity: 'warning', file: 'pages/fr', code: 'pages_missing' }]);
  });
});
