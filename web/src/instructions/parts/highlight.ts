import { common, createLowlight } from 'lowlight';
import dns from 'highlight.js/lib/languages/dns';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import http from 'highlight.js/lib/languages/http';
import nginx from 'highlight.js/lib/languages/nginx';
import powershell from 'highlight.js/lib/languages/powershell';

export type Highlighted = string | { className: string; children: Highlighted[] };
type Nodes = ReturnType<typeof lowlight.highlight>['children'];

const lowlight = createLowlight({ ...common, dns, dockerfile, http, nginx, powershell });
/** Longer code stays plain: colouring it would hold up the page. */
const MAX_LENGTH = 50_000;

/** Code as pieces with the class names of highlight.js; null when the language is not known. */
export function highlight(text: string, language: string): Highlighted[] | null {
  if (!lowlight.registered(language) || text.length > MAX_LENGTH) return null;
  return pieces(lowlight.highlight(language, text).children);
}

const pieces = (nodes: Nodes): Highlighted[] =>
  nodes.flatMap((node): Highlighted[] => {
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    const names = node.properties['className'];
    return [{ className: Array.isArray(names) ? names.join(' ') : '', children: pieces(node.children) }];
  });
