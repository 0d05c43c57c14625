import type { PageInline, PageTemplate } from '@lab-orchestrator/contracts';
import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { fileAddress, pageAddress } from '../addresses.js';

/** Text with its variables: there is no session that would give them values. */
export const template = (parts: PageTemplate): ElementContent[] =>
  parts.map((part) => (part.type === 'text' ? { type: 'text', value: part.value } : h('var', `{{ ${part.name} }}`)));

/** What stands inside a line, as elements. @param language of the page, for links to other pages */
export const inlines = (nodes: readonly PageInline[], language: string): ElementContent[] =>
  nodes.map((node) => inline(node, language));

function inline(node: PageInline, language: string): ElementContent {
  switch (node.type) {
    case 'text':
      return { type: 'text', value: node.value };
    case 'variable':
      return h('var', `{{ ${node.name} }}`);
    case 'break':
      return h('br');
    case 'inlineCode':
      return h('code', template(node.children));
    case 'inlineMath':
      return h('code.math', node.tex);
    case 'picture':
      return h('img', { src: fileAddress(node.file), alt: node.alt, title: node.title });
    case 'footnoteReference':
      return h('sup', h('a', { href: `#note-${node.id}` }, `[${node.number}]`));
    case 'emphasis':
      return h('em', inlines(node.children, language));
    case 'strong':
      return h('strong', inlines(node.children, language));
    case 'delete':
      return h('del', inlines(node.children, language));
    case 'link':
      return h(
        'a',
        { href: node.url, title: node.title, rel: 'noopener noreferrer', target: '_blank' },
        inlines(node.children, language),
      );
    case 'pageLink':
      return h('a', { href: pageAddress(language, node.page, node.anchor) }, inlines(node.children, language));
    case 'download':
      return h('a', { href: fileAddress(node.file), download: true }, inlines(node.children, language));
    case 'systemLink':
      return h('span.system', { title: [node.system, node.access].filter(Boolean).join(' / ') }, [
        ...inlines(node.children, language),
      ]);
  }
}
