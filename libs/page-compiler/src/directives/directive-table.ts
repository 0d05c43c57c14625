/** How a directive is written: `:name[…]` in a line, `::name` on a line, `:::name` around lines. */
export type DirectiveForm = 'text' | 'leaf' | 'container';

interface DirectiveRule {
  form: DirectiveForm;
  attributes: readonly string[];
}

/** Every directive of the pages, with all attributes it takes. */
export const directiveTable = {
  system: { form: 'text', attributes: ['name', 'access'] },
  step: { form: 'container', attributes: ['id', 'title', 'points'] },
  quiz: {
    form: 'container',
    attributes: [
      'id',
      'title',
      'points',
      'attempts',
      'type',
      'answer',
      'accept',
      'case',
      'tolerance',
      'unit',
      'placeholder',
    ],
  },
  feedback: { form: 'container', attributes: [] },
  hint: { form: 'container', attributes: ['cost', 'title'] },
  knowledge: { form: 'container', attributes: ['title'] },
  command: { form: 'leaf', attributes: ['system', 'access', 'run', 'return', 'label'] },
  copy: { form: 'leaf', attributes: ['text', 'system', 'label'] },
  check: {
    form: 'leaf',
    attributes: ['system', 'run', 'from', 'expect', 'timeout', 'retries', 'auto', 'message', 'label'],
  },
  tick: { form: 'leaf', attributes: ['label'] },
  set: { form: 'leaf', attributes: ['name', 'label', 'placeholder'] },
  video: { form: 'leaf', attributes: ['src', 'captions', 'poster', 'title'] },
  audio: { form: 'leaf', attributes: ['src', 'captions', 'title'] },
  download: { form: 'leaf', attributes: ['src'] },
} as const satisfies Record<string, DirectiveRule>;

export type DirectiveName = keyof typeof directiveTable;
export const directiveNames: ReadonlySet<string> = new Set(Object.keys(directiveTable));
export const isDirectiveName = (name: string): name is DirectiveName => Object.hasOwn(directiveTable, name);

/** How each form is written, for messages. */
export const formExamples: Record<DirectiveForm, (name: string) => string> = {
  text: (name) => `":${name}[…]{…}" inside a line`,
  leaf: (name) => `"::${name}{…}" on a line of its own`,
  container: (name) => `":::${name}{…}" on a line of its own, and ":::" at its end`,
};
