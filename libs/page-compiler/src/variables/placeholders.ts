/** `{{ name }}` in a text. */
export interface Placeholder {
  /** What is between the braces, trimmed. */
  name: string;
  offset: number;
  length: number;
}

/** Longer than any name, with room for spaces. */
const maxInside = 200;

/** The placeholders of a text in their order. Linear, whatever the text. */
export function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  for (let open = text.indexOf('{{'); open >= 0;) {
    const inside = text.slice(open + 2, open + 2 + maxInside);
    const end = inside.search(/[{}\n]/);
    if (end >= 0 && inside.startsWith('}}', end)) {
      found.push({ name: inside.slice(0, end).trim(), offset: open, length: end + 4 });
      open = text.indexOf('{{', open + end + 4);
    } else open = text.indexOf('{{', open + 1);
  }
  return found;
}
