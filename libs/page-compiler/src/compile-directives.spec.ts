import { InstructionPage } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { compileOne } from './testing/compile.fixture.js';

const text = (value: string) => ({ type: 'text', value });
const paragraph = (value: string) => ({ type: 'paragraph', children: [text(value)] });

describe('directives', () => {
  it.each<[what: string, markdown: string, nodes: unknown[]]>([
    [
      'a link to a system',
      'Open :system[the **shell**]{name=attacker access=shell}.',
      [
        {
          type: 'paragraph',
          children: [
            text('Open '),
            {
              type: 'systemLink',
              system: 'attacker',
              access: 'shell',
              children: [text('the '), { type: 'strong', children: [text('shell')] }],
            },
            text('.'),
          ],
        },
      ],
    ],
    [
      'a link to a system by its name only',
      ':system{name=server}',
      [{ type: 'paragraph', children: [{ type: 'systemLink', system: 'server', children: [text('server')] }] }],
    ],
    [
      'a command',
      '::command{system=attacker access=shell run="ping -c3 {{ flag }}" return=false label="Ping"}',
      [
        {
          type: 'command',
          id: 'command-1',
          system: 'attacker',
          access: 'shell',
          run: [text('ping -c3 '), { type: 'variable', name: 'flag' }],
          enter: false,
          label: 'Ping',
        },
      ],
    ],
    [
      'a command for the first terminal of a system',
      '::command{system=server run="ls"}',
      [{ type: 'command', id: 'command-1', system: 'server', access: 'console', run: [text('ls')], enter: true }],
    ],
    [
      'something to copy',
      '::copy{text="{{ flag }}!" system=server label="The flag"}',
      [
        {
          type: 'copy',
          id: 'copy-1',
          text: [{ type: 'variable', name: 'flag' }, text('!')],
          system: 'server',
          label: 'The flag',
        },
      ],
    ],
    [
      'a line to fill in',
      '::set{name=port label="Which port?" placeholder="80"}',
      [{ type: 'set', name: 'port', label: 'Which port?', placeholder: '80' }],
    ],
    [
      'a box that folds out',
      ':::knowledge{title="What is ICMP?"}\nA protocol.\n:::',
      [{ type: 'knowledge', title: 'What is ICMP?', children: [paragraph('A protocol.')] }],
    ],
    [
      'a box with a label',
      ':::knowledge[More]\nx\n:::',
      [{ type: 'knowledge', title: 'More', children: [paragraph('x')] }],
    ],
    [
      'a video',
      '::video[A ping]{src=ping.webm captions="ping.vtt, de:ping.de.vtt" poster=network.svg}',
      [
        {
          type: 'video',
          file: 'pages/en/ping.webm',
          poster: 'pages/en/network.svg',
          tracks: [
            { file: 'pages/en/ping.vtt', language: 'en', label: 'English' },
            { file: 'pages/en/ping.de.vtt', language: 'de', label: 'Deutsch' },
          ],
          title: 'A ping',
        },
      ],
    ],
    ['a sound', '::audio{src=ping.ogg}', [{ type: 'audio', file: 'pages/en/ping.ogg', tracks: [] }]],
    [
      'a download',
      '::download[The script]{src=../../files/check.sh}',
      [{ type: 'paragraph', children: [{ type: 'download', file: 'files/check.sh', children: [text('The script')] }] }],
    ],
    ['a diagram', '```mermaid title="Way"\ngraph TD\n```', [{ type: 'diagram', source: 'graph TD', title: 'Way' }]],
    ['a formula', '$$\nx^2\n$$', [{ type: 'math', tex: 'x^2' }]],
    [
      'a formula in a line, and dollars that are none',
      '$$x$$ costs $5 in $HOME',
      [{ type: 'paragraph', children: [{ type: 'inlineMath', tex: 'x' }, text(' costs $5 in $HOME')] }],
    ],
    [
      'code with variables and braces of its own',
      '```sh\necho {{ flag }} {{ .Values.x }}\n```',
      [
        {
          type: 'code',
          language: 'sh',
          children: [text('echo '), { type: 'variable', name: 'flag' }, text(' {{ .Values.x }}')],
        },
      ],
    ],
    ['code that is literal', '```literal\n{{ flag }}\n```', [{ type: 'code', children: [text('{{ flag }}')] }]],
    ['braces behind a backslash', String.raw`\{{ flag }}`, [paragraph('{{ flag }}')]],
    ['colons that are no directive', 'At 10:am use alpine:latest', [paragraph('At 10:am use alpine:latest')]],
    ['a comment, which is left out', 'a\n\n<!-- note -->\n\nb', [paragraph('a'), paragraph('b')]],
    [
      'a task list',
      '- [x] done\n- [ ] open',
      [
        {
          type: 'list',
          ordered: false,
          items: [
            { checked: true, children: [paragraph('done')] },
            { checked: false, children: [paragraph('open')] },
          ],
        },
      ],
    ],
    [
      'a list from a number on',
      '3. a',
      [{ type: 'list', ordered: true, start: 3, items: [{ children: [paragraph('a')] }] }],
    ],
    [
      'a table',
      '| a | b |\n|:--|--:|\n| 1 | 2 |',
      [
        {
          type: 'table',
          align: ['left', 'right'],
          header: [[text('a')], [text('b')]],
          rows: [[[text('1')], [text('2')]]],
        },
      ],
    ],
    [
      'a picture and links',
      '![Net](network.svg "T") [w](https://example.org/ä) [f](../../files/check.sh) <a@example.org>',
      [
        {
          type: 'paragraph',
          children: [
            { type: 'picture', file: 'pages/en/network.svg', alt: 'Net', title: 'T' },
            text(' '),
            { type: 'link', url: 'https://example.org/%C3%A4', children: [text('w')] },
            text(' '),
            { type: 'download', file: 'files/check.sh', children: [text('f')] },
            text(' '),
            { type: 'link', url: 'mailto:a@example.org', children: [text('a@example.org')] },
          ],
        },
      ],
    ],
    [
      'headings of one name',
      '# Look\n# Look',
      [
        { type: 'heading', level: 1, id: 'look', children: [text('Look')] },
        { type: 'heading', level: 1, id: 'look-1', children: [text('Look')] },
      ],
    ],
  ])('write %s', (_, markdown, nodes) => {
    const { page, diagnostics } = compileOne(markdown);
    expect(diagnostics).toEqual([]);
    expect(page.nodes).toEqual(nodes);
    expect(InstructionPage.parse(page)).toEqual(page);
  });

  it('numbers footnotes as they are met, and keeps them at the end', () => {
    const { page, diagnostics } = compileOne('a[^b] c[^a] d[^b]\n\n[^a]: A {{ flag }}\n[^b]: B');
    expect(diagnostics).toEqual([]);
    expect(page.footnotes).toEqual([
      { id: 'b', number: 1, children: [paragraph('B')] },
      {
        id: 'a',
        number: 2,
        children: [{ type: 'paragraph', children: [text('A '), { type: 'variable', name: 'flag' }] }],
      },
    ]);
  });

  it('reads what stands between --- and ---', () => {
    const { page } = compileOne('---\ntitle: "Reach: it"\norder: 2\nduration: 1h30m\n---\n# Other');
    expect(page).toMatchObject({ title: 'Reach: it', order: 2, durationS: 5_400, slug: '01-start', language: 'en' });
    expect(compileOne('# The *title*').page.title).toBe('The title');
    expect(compileOne('x').page.title).toBe('01-start');
  });
});
