/** Text that is HTML already. Everything else is escaped when it is put into a template. */
export interface SafeHtml {
  readonly text: string;
}
type Value = string | SafeHtml | ReadonlyArray<Value>;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Builds HTML from a template; values are escaped unless they come from a template themselves. */
export function html(strings: TemplateStringsArray, ...values: Value[]): SafeHtml {
  const text = strings.map((part, index) => part + (index < values.length ? render(values[index] ?? '') : '')).join('');
  return { text };
}

export const raw = (text: string): SafeHtml => ({ text });

function render(value: Value): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
  return 'text' in value ? value.text : value.map(render).join('');
}
