import { CompiledInstructions } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { compileFiles } from './testing/compile.fixture.js';

const both = { languages: ['en', 'de'] };
const step = (attributes: string, body = '') => `:::step{${attributes}}\n${body}\n:::\n`;
const compile = (english: string, german: string) =>
  compileFiles({ 'pages/en/01.md': english, 'pages/de/01.md': german }, both);

describe('languages', () => {
  it('have the same steps, each with titles of its own', () => {
    const { instructions, diagnostics } = compile(step('#a title=One'), step('#a title=Eins'));
    expect(diagnostics).toEqual([]);
    expect(CompiledInstructions.parse(instructions)).toEqual(instructions);
    expect(instructions.languages.map(({ language, pages }) => [language, pages[0]?.steps[0]?.title])).toEqual([
      ['en', 'One'],
      ['de', 'Eins'],
    ]);
    expect(instructions.steps).toMatchObject([{ id: 'a', title: 'One' }]);
  });

  it.each<[what: string, english: string, german: string, place: string, message: string]>([
    ['a step that is missing', step('#ping title=x'), 'x', 'undefined ping', '"ping" of pages/en/01.md is missing'],
    ['a step too many', 'x', step('#b title=x'), '1 b', 'is not there in the first language'],
    ['other points', step('#a title=x points=2'), `\n${step('#a title=x points=3')}`, '2 a', 'the points 3 here and 2'],
    ['another kind', step('#a title=x'), ':::quiz{#a title=x}\n- [x] y\n:::', '1 a', 'the kind quiz here and tick'],
    [
      'fewer checks',
      step('#a title=x', '::check{system=server run=a}\n::check{system=server run=b}'),
      step('#a title=x', '::check{system=server run=a}'),
      '1 a',
      'the number of checks 1 here and 2',
    ],
    [
      'a hint of another price',
      '::::step{#a title=x}\n:::hint{cost=1}\nx\n:::\n::::',
      '::::step{#a title=x}\n:::hint{cost=2}\nx\n:::\n::::',
      '1 a',
      'hints that cost 2 here and 1',
    ],
    [
      'another right answer',
      ':::quiz{#q title=x}\n- [x] a\n- [ ] b\n:::',
      ':::quiz{#q title=x}\n- [ ] a\n- [x] b\n:::',
      '1 q',
      'an answer of option 2 here and option 1',
    ],
  ])('may not differ by %s', (_, english, german, place, message) => {
    const { diagnostics } = compile(english, german);
    expect(diagnostics).toMatchObject([{ severity: 'error', file: 'pages/de/01.md', code: 'languages_differ' }]);
    expect(`${diagnostics[0]?.line} ${diagnostics[0]?.path}`).toBe(place);
    expect(diagnostics[0]?.message).toContain(message);
  });

  it('fall back to the first one for pages that are not translated, with links that still lead there', () => {
    const { instructions, diagnostics } = compileFiles(
      {
        'pages/en/01.md': `${step('#a title=x')}\n[on](02.md#b)`,
        'pages/en/02.md': `${step('#b title=x')}\n[back](01.md#a) ![x](network.svg)\n`,
        'pages/de/01.md': `${step('#a title=x')}\n[weiter](02.md#b)`,
      },
      both,
    );
    expect(diagnostics).toMatchObject([{ severity: 'warning', file: 'pages/de', code: 'page_missing' }]);
    const german = instructions.languages[1];
    expect(german?.pages.map(({ slug, language }) => [slug, language])).toEqual([
      ['01', 'de'],
      ['02', 'en'],
    ]);
    const text = JSON.stringify(german?.pages);
    expect(text).toContain('{"type":"pageLink","page":"02","anchor":"b"');
    expect(text).toContain('{"type":"pageLink","page":"01","anchor":"a"');
    expect(text).toContain('"file":"pages/en/network.svg"');
  });

  it('may divide pages otherwise', () => {
    const { instructions, diagnostics } = compileFiles(
      { 'pages/en/01.md': step('#a title=x'), 'pages/de/01-anfang.md': step('#a title=x') },
      both,
    );
    expect(diagnostics).toEqual([]);
    expect(instructions.languages[1]?.pages.map(({ slug }) => slug)).toEqual(['01-anfang']);
  });

  it('without any page are left out', () => {
    const { instructions, diagnostics } = compileFiles({ 'pages/en/01.md': 'x' }, both);
    expect(diagnostics).toMatchObject([{ severity: 'warning', file: 'pages/de', code: 'pages_missing' }]);
    expect(instructions.languages.map(({ language }) => language)).toEqual(['en']);
  });
});

describe('pages of a lab', () => {
  it('stand in the order of their numbers, then of their names', () => {
    const { instructions } = compileFiles({
      'pages/en/a.md': '---\norder: 2\n---',
      'pages/en/b.md': '---\norder: 1\n---',
      'pages/en/d.md': 'x',
      'pages/en/c.md': 'x',
    });
    expect(instructions.languages[0]?.pages.map(({ slug }) => slug)).toEqual(['b', 'a', 'c', 'd']);
  });

  it('link to steps of other pages by their ids, and to headings of their own', () => {
    const { instructions, diagnostics } = compileFiles({
      'pages/en/01.md': '# Top\n[x](#b) [y](#top) [z](02.md) [w](02.md#below)',
      'pages/en/02.md': `${step('#b title=x')}\n# Below\n# B\n`,
    });
    expect(diagnostics).toEqual([]);
    const text = JSON.stringify(instructions.languages[0]?.pages);
    for (const goal of ['"02","anchor":"b"', '"01","anchor":"top"', '"02","children"', '"02","anchor":"below"'])
      expect(text).toContain(`{"type":"pageLink","page":${goal}`);
    expect(text).toContain('"id":"b-heading"');
  });

  it('share the ids of their steps', () => {
    const page = step('#a title=x');
    const { diagnostics } = compileFiles({ 'pages/en/01.md': page, 'pages/en/02.md': `x\n\n${page}` });
    expect(diagnostics).toMatchObject([
      { severity: 'error', file: 'pages/en/02.md', line: 3, path: '#a', code: 'duplicate_step' },
    ]);
    expect(diagnostics[0]?.message).toBe('there is another step "a" in pages/en/01.md');
  });

  it('may use a variable before the page that asks for it', () => {
    const { diagnostics, instructions } = compileFiles({
      'pages/en/01.md': '{{ port }}',
      'pages/en/02.md': '::set{name=port label="Port?"}',
    });
    expect(diagnostics).toEqual([]);
    expect(instructions.sets).toEqual(['port']);
  });

  it('have names that are their own', () => {
    const { diagnostics } = compileFiles({ 'pages/en/01.md': 'x', 'pages/en/more/01.md': 'x', 'pages/en/?.md': 'x' });
    expect(diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'pages/en/more/01.md duplicate_page',
      'pages/en/?.md page_name',
    ]);
  });
});
