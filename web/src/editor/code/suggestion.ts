import { builtinVariables } from './builtin-variables.js';
import type { LabNames } from '../model/lab-names.js';

/** Something that can be written where the cursor is. */
export interface Suggestion {
  label: string;
  /** What is written instead of the label; `#{name}` are gaps to fill in when it is a template. */
  insert?: string;
  template?: boolean;
  detail?: string | undefined;
  info?: string | undefined;
  kind: 'key' | 'value' | 'name' | 'file' | 'variable' | 'directive';
}
export interface Suggestions {
  /** How many characters before the cursor are replaced. */
  typed: number;
  items: Suggestion[];
}

/** What completion knows beside the text itself. */
export interface Knowledge {
  schema: unknown;
  names: LabNames;
  images: { name: string; kind: 'container' | 'disk' }[];
  /** All files of the lab. */
  paths: readonly string[];
}

/** Behind `{{`: the variables of the lab, those built in, and the addresses of its systems. */
export function variablesAt(head: string, { names }: Knowledge): Suggestions | undefined {
  const written = /\{\{\s*([\w.]*)$/.exec(head)?.[1];
  if (written === undefined) return undefined;
  const closing = head.endsWith('{{') ? ' ' : '';
  const all = [...names.variables, ...builtinVariables, ...names.systems.map(({ name }) => `system.${name}.address`)];
  return {
    typed: written.length,
    items: all.map((label) => ({ label, insert: `${closing}${label} }}`, kind: 'variable' })),
  };
}

export const named = (labels: readonly string[], kind: Suggestion['kind'] = 'name'): Suggestion[] =>
  labels.map((label) => ({ label, kind }));
