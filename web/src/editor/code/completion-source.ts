import { type Completion, type CompletionSource, snippet } from '@codemirror/autocomplete';
import type { Suggestion, Suggestions } from './suggestion.js';

const types: Record<Suggestion['kind'], string> = {
  key: 'property',
  value: 'enum',
  name: 'variable',
  file: 'text',
  variable: 'variable',
  directive: 'keyword',
};

const completionOf = ({ label, insert, template, detail, info, kind }: Suggestion): Completion => ({
  label,
  type: types[kind],
  ...(detail !== undefined && { detail }),
  ...(info !== undefined && { info }),
  ...(insert !== undefined && { apply: template === true ? snippet(insert) : insert }),
});

/** Offers what `suggest` knows; in an empty place only when it is asked for, or behind something that opens a choice. */
export const completionSource =
  (suggest: (text: string, offset: number) => Suggestions | undefined): CompletionSource =>
  (context) => {
    const { state, pos, explicit } = context;
    // Positions count a line's end as one; so does this text.
    const found = suggest(state.doc.toString(), pos);
    if (found === undefined || found.items.length === 0) return null;
    if (found.typed === 0 && !explicit && context.matchBefore(/[:{[(=,-] ?$|\{\{\s?$/) === null) return null;
    return { from: pos - found.typed, options: found.items.map(completionOf), validFor: /^[\w./-]*$/ };
  };
