/** `{{ name }}`: what is between the braces, trimmed. */
const placeholder = /\{\{\s*([^{}\n]*?)\s*\}\}/g;

/** What a template may take values from; undefined means there is no such variable. */
export type Lookup = (name: string) => string | undefined;

/** Variables of every session beside those of the lab file. */
export const builtinVariables = ['user.name', 'user.id', 'session.id'] as const;

/** The names between `{{ }}` in a text, each with its offset. */
export const placeholdersIn = (text: string) =>
  [...text.matchAll(placeholder)].map((match) => ({ name: match[1] ?? '', offset: match.index }));

/** Replaces each `{{ name }}` once, as text: a value that looks like a placeholder stays what it is. */
export const fillIn = (text: string, lookup: Lookup) =>
  text.replaceAll(placeholder, (written, name: string) => lookup(name) ?? written);
