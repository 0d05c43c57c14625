/** Tags that labels of diagrams use; without attributes they do nothing but look. */
const allowed = /^(br|b|i|u|em|strong|sub|sup|code)$/i;
/** `<<interface>>` and the like: stereotypes of class diagrams, words and nothing else. */
const stereotype = /<<[\w -]+>>/g;
const tag = /<(\/?)\s*([a-z!?][^\s/>]*)([^>]*)/gi;
/** `<` in one of the spellings that Mermaid or HTML decode: `&lt;`, `&#60;`, `#60;`, `#lt;`. */
const encoded = /[&#]#?(lt|0*60|x0*3c)\b/i;

/** A node of a flowchart that is a picture: Mermaid fetches it to measure it. Its keys are YAML, which may be escaped. */
const pictureNode = (source: string) => source.includes('@{') && /img|\\[xu\r\n]/i.test(source);
/** Menus and icons of actors: a handler in an attribute, and a picture from anywhere. */
const actorExtras = /(?:^|[\n;]|\bend\b)[ \t]*(?:links?|properties|details)\s[^\n;:]*:/i;

/**
 * A diagram's source as it may be drawn; undefined when it holds markup, or asks for a picture from elsewhere. While it
 * draws, Mermaid puts texts into elements of this document before it cleans them, and only the policy of the page would
 * then keep handlers in them from running, and pictures from being fetched.
 * Settings inside the source are left out: they could undo ours, and the page decides about colours.
 */
export function drawableSource(source: string): string | undefined {
  const plain = source.replace(/^\s*---\r?\n[\s\S]*?\r?\n---[ \t]*\r?\n/, '').replaceAll(/%%\{[\s\S]*?\}%%/g, '');
  if (encoded.test(plain) || plain.includes('%%{')) return undefined;
  if (pictureNode(plain) || (/sequenceDiagram/i.test(plain) && actorExtras.test(plain))) return undefined;
  for (const [, , name = '', rest = ''] of plain.replaceAll(stereotype, '').matchAll(tag)) {
    if (!allowed.test(name) || !/^\s*\/?\s*$/.test(rest)) return undefined;
  }
  return plain;
}
