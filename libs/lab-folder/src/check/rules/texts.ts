import { isStorableText, notStorable } from '@lab-orchestrator/contracts';
import type { DocumentPath } from '../../yaml/yaml-source.js';
import type { Reporter } from '../report.js';

/** What no database keeps and no environment carries is told at its place, wherever a lab file has text. */
export function checkTexts(value: unknown, report: Reporter) {
  const seen = new Set<object>();
  const check = (text: string, path: DocumentPath, at: 'key' | 'value') => {
    if (!isStorableText(text)) report.error(path, 'text_not_storable', notStorable, at);
  };
  const walk = (part: unknown, path: DocumentPath) => {
    if (typeof part === 'string') check(part, path, 'value');
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    const inList = Array.isArray(part);
    for (const [key, child] of Object.entries(part)) {
      const at = [...path, inList ? Number(key) : key];
      if (!inList) check(key, at, 'key');
      walk(child, at);
    }
  };
  walk(value, []);
}
