import type { Diagnostic, InstructionPage, LanguageInstructions } from '@lab-orchestrator/contracts';
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { pageAddress } from '../addresses.js';
import type { BuiltLab } from '../built-lab.js';
import { blocks } from './blocks.js';
import { drawingOf } from './drawing.js';

export interface Shown {
  language: string;
  slug: string;
}

/** The document of one page, with all that is wrong with the lab above it. */
export function documentOf(built: BuiltLab, shown: Shown | undefined): string {
  const instructions = built.instructions.languages.find(({ language }) => language === shown?.language);
  const page = instructions?.pages.find(({ slug }) => slug === shown?.slug);
  const title = [page?.title, built.lab?.title].filter(Boolean).join(' · ') || 'Preview';
  const html = h('html', { lang: page?.language ?? 'en', dataRevision: built.revision }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', title),
      h('link', { rel: 'stylesheet', href: '/preview.css' }),
      h('script', { src: '/preview.js', defer: true }),
    ]),
    h('body', [
      h('nav', { ariaLabel: 'Pages' }, instructions ? menu(built, instructions, shown) : []),
      h('main', [...findings(built.diagnostics), ...(page && instructions ? pageOf(page, instructions) : [noPage])]),
    ]),
  ]);
  return toHtml([{ type: 'doctype' }, html], { quoteSmart: false });
}

function menu(built: BuiltLab, { language, pages }: LanguageInstructions, shown: Shown | undefined): ElementContent[] {
  const { languages } = built.instructions;
  const link = (to: string, slug: string, text: string) =>
    h('a', { href: pageAddress(to, slug), ariaCurrent: to === shown?.language && slug === shown.slug && 'page' }, text);
  const entries = pages.map(({ slug, title }) => h('li', link(language, slug, title)));
  const others = languages.filter((each) => each.language !== language);
  return [
    ...(built.lab ? [h('strong', built.lab.title)] : []),
    h('ol', entries),
    ...(others.length === 0
      ? []
      : [
          h(
            'p',
            others.map((each) => link(each.language, shown?.slug ?? '', each.language)),
          ),
        ]),
  ];
}

function findings(diagnostics: readonly Diagnostic[]): ElementContent[] {
  if (diagnostics.length === 0) return [];
  return [
    h('section.findings', { role: 'alert', ariaLabel: 'What is wrong' }, [
      h(
        'ul',
        diagnostics.map(({ file, line, column, path, severity, message }) =>
          h(`li.${severity}`, [
            h('code', [file, line, column].filter((part) => part !== undefined).join(':')),
            ` ${severity}: ${path === '' ? '' : `${path}: `}${message}`,
          ]),
        ),
      ),
    ]),
  ];
}

function pageOf(page: InstructionPage, { language, answers }: LanguageInstructions): ElementContent[] {
  const drawing = drawingOf(page, language, answers);
  const notes = page.footnotes.map(({ id, children }) => h('li', { id: `note-${id}` }, blocks(children, drawing)));
  return [
    h('h1', page.title),
    h('article', blocks(page.nodes, drawing)),
    ...(notes.length === 0 ? [] : [h('ol.notes', notes)]),
  ];
}

const noPage = h('p', 'There is no such page.');
