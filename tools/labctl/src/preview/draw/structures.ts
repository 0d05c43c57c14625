import type { PageBlock, PageList } from '@lab-orchestrator/contracts';
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { fileAddress } from '../addresses.js';
import { inlines } from './inlines.js';

type Table = Extract<PageBlock, { type: 'table' }>;
type Media = Extract<PageBlock, { type: 'video' | 'audio' }>;

export function tableOf({ align, header, rows }: Table, language: string): Element {
  const cells = (tag: string, row: Table['header']) =>
    row.map((cell, column) => h(tag, { align: align[column] ?? undefined }, inlines(cell, language)));
  return h(
    'table',
    h('thead', h('tr', cells('th', header))),
    h(
      'tbody',
      rows.map((row) => h('tr', cells('td', row))),
    ),
  );
}

export function listOf(
  { ordered, start, items }: PageList,
  draw: (children: PageList['items'][number]['children']) => ElementContent[],
): Element {
  const entries = items.map(({ checked, children }) =>
    checked === undefined ? h('li', draw(children)) : h('li.task', h('span', checked ? '☑ ' : '☐ '), draw(children)),
  );
  return h(ordered ? 'ol' : 'ul', { start }, entries);
}

export function mediaOf(node: Media): Element {
  const tracks = node.tracks.map(({ file, language, label }) =>
    h('track', { kind: 'captions', src: fileAddress(file), srcLang: language, label }),
  );
  const poster = 'poster' in node && node.poster !== undefined ? fileAddress(node.poster) : undefined;
  const player = h(node.type, { src: fileAddress(node.file), controls: true, poster, ariaLabel: node.title }, tracks);
  return h('figure', node.title === undefined ? [] : [h('figcaption', node.title)], player);
}
