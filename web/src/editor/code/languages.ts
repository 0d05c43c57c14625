import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { yaml, yamlFrontmatter } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';
import { endingOf } from '../model/lab-files.js';

/** What colours a file and breaks its lines, by its name. */
export function languageOf(path: string): Extension {
  switch (endingOf(path)) {
    case 'yaml':
    case 'yml':
      return yaml();
    case 'md':
      return yamlFrontmatter({ content: markdown({ base: markdownLanguage }) });
    default:
      return [];
  }
}
