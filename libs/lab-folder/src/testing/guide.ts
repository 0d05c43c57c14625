/** The files that a guide shows: fences with `title="path"`, in their order. For specs. */
export function filesInGuide(markdown: string): Record<string, string> {
  const fences = markdown.matchAll(/^(`{3,})\w+ title="([^"]+)"\n([\s\S]*?)^\1$/gm);
  return Object.fromEntries([...fences].map(([, , path = '', content = '']) => [path, content]));
}

/** The directives in the first column of a guide's table, each with its name. For specs. */
export function directivesInGuide(markdown: string): Array<{ name: string; example: string }> {
  return [...markdown.matchAll(/^\| `(:+(\w+)[^`]*)`/gm)].map(([, example = '', name = '']) => ({
    name,
    example: example.replaceAll(' ↵ ', '\n'),
  }));
}
