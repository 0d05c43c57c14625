import type { PageTemplate, PageVariable } from '@lab-orchestrator/contracts';

export type TemplateText = { text: string } | { missing: PageVariable };

/** The text of a template, or the variable in it that has no value which could stand there. */
export function textOf(template: PageTemplate): TemplateText {
  const missing = template.find((part) => part.type === 'variable');
  if (missing !== undefined && missing.type === 'variable') return { missing };
  return { text: template.map((part) => (part.type === 'text' ? part.value : '')).join('') };
}
