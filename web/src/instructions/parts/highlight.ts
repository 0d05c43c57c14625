import { loadAgain } from '../../app/load-again.js';
import { createLowlight } from 'lowlight';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import ini from 'highlight.js/lib/languages/ini';
import json from 'highlight.js/lib/languages/json';
import plaintext from 'highlight.js/lib/languages/plaintext';
import python from 'highlight.js/lib/languages/python';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import yaml from 'highlight.js/lib/languages/yaml';

export type Highlighted = string | { className: string; children: Highlighted[] };
type Nodes = ReturnType<typeof lowlight.highlight>['children'];

/** What labs are mostly written in; the other languages come with the first code in one of them. */
const lowlight = createLowlight({ bash, diff, dockerfile, ini, json, plaintext, python, shell, sql, yaml });
/** Longer code stays plain: colouring it would hold up the page. */
const MAX_LENGTH = 50_000;

/** Code as pieces with the class names of highlight.js; null when the language is not known. */
export async function highlight(text: string, language: string): Promise<Highlighted[] | null> {
  if (text.length > MAX_LENGTH) return null;
  // Templates of Ruby may stand within YAML.
  if (!lowlight.registered(language) || text.includes('<%')) {
    lowlight.register((await loadAgain(() => import('./other-languages.js'))).otherLanguages);
  }
  return lowlight.registered(language) ? pieces(lowlight.highlight(language, text).children) : null;
}

const pieces = (nodes: Nodes): Highlighted[] =>
  nodes.flatMap((node): Highlighted[] => {
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    const names = node.properties['className'];
    return [{ className: Array.isArray(names) ? names.join(' ') : '', children: pieces(node.children) }];
  });
