import { RE2JS } from 're2js';

const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/**
 * A regular expression whose time grows with the text only. The pattern is an author's and the text a guest's; together
 * they must not be able to stop the server, so the engine of the language is not used.
 */
export function regexOf(source: string, flags: string): { test(text: string): boolean } | { problem: string } {
  if (source.length > 500) return { problem: 'it is longer than 500 characters' };
  try {
    const bits = [...flags].reduce((sum, flag) => sum | (flagBits[flag] ?? 0), 0);
    const regex = RE2JS.compile(source, bits);
    return { test: (text) => regex.matcher(text).find() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read' };
  }
}
