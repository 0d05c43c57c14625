import { type Placeholder, placeholdersIn } from '@lab-orchestrator/page-compiler';

/** What a template may take values from; undefined means there is no such variable. */
export type Lookup = (name: string) => string | undefined;

export { builtinVariableNames as builtinVariables } from '@lab-orchestrator/contracts';

/** Replaces each `{{ name }}` once, as text: a value that looks like a placeholder stays what it is. */
export function fillIn(text: string, lookup: Lookup): string {
  let filled = '';
  let from = 0;
  for (const placeholder of placeholdersIn(text)) {
    filled += text.slice(from, placeholder.offset) + valueOf(placeholder, text, lookup);
    from = placeholder.offset + placeholder.length;
  }
  return filled + text.slice(from);
}

const valueOf = ({ name, offset, length }: Placeholder, text: string, lookup: Lookup) =>
  lookup(name) ?? text.slice(offset, offset + length);
