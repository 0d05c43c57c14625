import { InstructionPage } from '@lab-orchestrator/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileInstructions } from './lab/compile-instructions.js';
import { labLimits, pageLimits } from './source/limits.js';
import { compileFiles, compileOne } from './testing/compile.fixture.js';
import { hostileValue } from './testing/hostile-value.fixture.js';
import { unsafePart } from './testing/tree-walk.fixture.js';

/** As much of it as a page takes. */
const full = (piece: string, count = 1e9) =>
  piece.repeat(Math.min(count, Math.floor((pageLimits.bytes - 1) / piece.length)));
const cpuMs = () => process.cpuUsage().user / 1_000;

describe('pages that are meant to take long', () => {
  it.each<[what: string, markdown: string, code: string]>([
    ['10 MB', 'word '.repeat(2_000_000), 'page_too_large'],
    ['10 MB of lines', 'a\n\n'.repeat(3_000_000), 'page_too_large'],
    ['5,000 nested quotes', `${'> '.repeat(5_000)}a`, 'page_too_complex'],
    ['5,000 nested quotes without spaces', `${'>'.repeat(5_000)}a`, 'page_too_complex'],
    ['5,000 nested lists', `${'- '.repeat(5_000)}a`, 'page_too_complex'],
    ['5,000 numbered lists in one line', `${'1. '.repeat(5_000)}a`, 'page_too_complex'],
    [
      'lists nested by indentation',
      Array.from({ length: 500 }, (_, at) => `${' '.repeat(2 * at)}- a`).join('\n'),
      'page_too_complex',
    ],
    ['boxes in boxes', ':::a\n\n'.repeat(5_000), 'page_too_complex'],
    ['much text in boxes in boxes', `${':::a\n'.repeat(24)}${'a\n\n'.repeat(4_900)}`, 'page_too_complex'],
    ['many quotes', full('> > a\n\n'), 'page_too_complex'],
    ['many lists', full('- a\n\nb\n\n'), 'page_too_complex'],
    ['open brackets', '['.repeat(50_000), 'page_too_complex'],
    ['nested emphasis', '*a _b '.repeat(20_000), 'page_too_complex'],
    ['backticks', Array.from({ length: 300 }, (_, at) => '`'.repeat(at)).join('e'), 'page_too_complex'],
    ['lines without an end of the paragraph', full('a\n', 5_000), 'page_too_complex'],
    ['many lines', full('\n'), 'page_too_complex'],
    ['many lines, ended in the old way', full('\r'), 'page_too_complex'],
    ['a very long line', 'a'.repeat(100_000), 'page_too_complex'],
  ])('are refused before they are parsed: %s', (_, markdown, code) => {
    const before = cpuMs();
    expect(compileOne(markdown).diagnostics).toMatchObject([{ severity: 'error', code }]);
    expect(cpuMs() - before).toBeLessThan(1_000);
  });

  it.each<[what: string, markdown: string]>([
    ['quotes', full('> > a\n\n', 499)],
    ['lists', full('- a\n\nb\n\n', 999)],
    ['nested emphasis', full(`${'*a _b '.repeat(240)}${'_ *'.repeat(240)}\n\n`, 40)],
    ['brackets', full(`${'['.repeat(740)}${']'.repeat(740)}\n\n`, 26)],
    ['tildes', full(`${'a~'.repeat(1_400)}\n\n`, 28)],
    ['directives', full(`${':a[b]{c=d} '.repeat(200)}\n\n`, 38)],
    ['open attributes', full(`:a{${'b '.repeat(8_000)}\n\n`)],
    ['tables', full(`a|b\n-|-\n${'a|b\n'.repeat(700)}\n`, 13)],
    ['lazy lines', full(`> a\n${'a\n'.repeat(990)}\n`, 10)],
    ['nested boxes', `${':::a\n'.repeat(24)}${'a\n\n'.repeat(1_200)}`],
    ['links', full(`${'[a](b) '.repeat(300)}\n\n`, 30)],
    ['footnotes', full('[^a]: b\n\n', 4_900)],
    ['addresses', full(`${'a@b.c '.repeat(1_400)}\n\n`, 28)],
  ])(
    'take a bounded time at the limits: %s',
    (_, markdown) => {
      const before = cpuMs();
      const { page } = compileOne(markdown);
      expect(page.nodes.length + page.footnotes.length).toBeGreaterThanOrEqual(0);
      // About a second on an idle machine; the bound leaves room for one that is not.
      expect(cpuMs() - before).toBeLessThan(15_000);
    },
    60_000,
  );

  it('are refused when there are too many', () => {
    const heavy = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`pages/en/p${at}.md`, full('- a\n\n', 900)]),
    );
    const before = cpuMs();
    expect(compileFiles(heavy)).toMatchObject({ diagnostics: [{ file: 'pages', code: 'pages_too_large' }] });
    expect(cpuMs() - before).toBeLessThan(2_000);
  });

  it('end when their time is over, at the page where it is, and no honest lab is near it', () => {
    const pages = new Map(Array.from({ length: 20 }, (_, at) => [`pages/en/p${at + 10}.md`, 'Read on.\n']));
    const lab = {
      folder: 'pages',
      languages: ['en'],
      files: pages,
      read: (path: string) => pages.get(path),
      systems: [],
      variables: [],
    };
    // A clock on which each page takes three seconds.
    let seconds = 0;
    const slow = compileInstructions(lab, () => 1_000 * (seconds += 3));
    expect(slow).toMatchObject({
      instructions: { languages: [] },
      diagnostics: [{ severity: 'error', code: 'pages_too_slow', file: 'pages/en/p15.md' }],
    });
    expect(compileInstructions(lab).diagnostics).toEqual([]);
  });

  it('of a whole lab at its limits take a bounded time', { timeout: 120_000 }, () => {
    const worst = full(`a|b\n-|-\n${'a|b\n'.repeat(700)}\n`, 13);
    const heavy = Object.fromEntries(Array.from({ length: 19 }, (_, at) => [`pages/en/p${at + 10}.md`, worst]));
    const before = performance.now();
    compileFiles(heavy);
    // Reading ends at the limit; what was read is made into a tree, which is the smaller part.
    expect(performance.now() - before).toBeLessThan(2 * labLimits.timeMs);
  });

  it('do not go deeper than a tree may be', () => {
    const { page, diagnostics } = compileOne(
      Array.from({ length: 60 }, (_, at) => `${' '.repeat(2 * at)}- a`).join('\n'),
    );
    expect(diagnostics).toMatchObject([{ code: 'page_too_complex' }]);
    expect(JSON.stringify(page).length).toBeLessThan(20_000);
  });
});

describe('whatever a page holds', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ':::step{#a title="x"}\n',
      ':::quiz{#q title=x}\n',
      ':::\n',
      '::::',
      ':::hint{cost=1}\n',
      '::check{system=server run="x"}\n',
      '::command{system=attacker run="{{ flag }}"}\n',
      ':system[',
      ']{name=server}',
      '::set{name=a label=b}\n',
      '{{ ',
      ' }}',
      'flag',
      '- [x] a\n',
      '- [ ] b\n',
      '> ',
      '```',
      '~~~',
      '$$',
      '\n\n',
      '    ',
      '\t',
      '|',
      '|-|\n',
      '[^1]',
      '[^1]: x\n',
      '[a]: b\n',
      '![',
      '](',
      ')',
      '<',
      '>',
      '<!--',
      '-->',
      '<script>',
      '**',
      '_',
      '`',
      '\\',
      '&#x6A;',
      '---\n',
      'title: x\n',
      '# ',
      '{',
      '}',
      '"',
      "'",
      '=',
    ),
    hostileValue,
  );

  it('the compiler answers with a valid and safe tree, and never throws', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const { page, answers, diagnostics } = compileOne(parts.join(''));
        expect(InstructionPage.safeParse(page).error?.issues).toBeUndefined();
        expect(unsafePart({ page, answers })).toBeUndefined();
        expect(diagnostics.every(({ line, column }) => (line ?? 1) > 0 && (column ?? 1) > 0)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  }, 120_000);
});
