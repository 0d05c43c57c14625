interface Node {
  type: string;
  value?: unknown;
  alt?: string | null;
  children?: readonly Node[];
}

/** The text of Markdown nodes, without their markup. */
export function plainText(nodes: readonly Node[]): string {
  let text = '';
  const open = nodes.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'html') continue;
    if (typeof node.value === 'string') text += node.value;
    else if (node.alt) text += node.alt;
    else if (node.type === 'break') text += ' ';
    for (const child of (node.children ?? []).toReversed()) open.push(child);
  }
  return text;
}
