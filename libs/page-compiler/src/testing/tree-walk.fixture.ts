/** Every object in a tree, whatever it is, with the path to it. */
export function* objectsIn(value: unknown, path = '$'): Generator<[path: string, object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, child] of Object.entries(value)) yield* objectsIn(child, `${path}.${key}`);
}

/** Why a compiled tree is not safe to show, looked at from outside the schema; undefined when it is. */
export function unsafePart(tree: unknown): string | undefined {
  for (const [path, object] of objectsIn(tree)) {
    for (const key of Object.keys(object))
      if (/^(on|html$|innerHTML|dangerously|style$|class|srcdoc|href$|src$|data$)/i.test(key)) return `${path}.${key}`;
    if (object['type'] === 'html') return path;
    const { url, file, poster } = object;
    if (typeof url === 'string' && !/^(https?:\/\/|mailto:)[^\s"'<>\\]+$/.test(url)) return `${path}.url ${url}`;
    for (const each of [file, poster])
      if (typeof each === 'string' && (/^[/\\]|:|\\/.test(each) || each.split('/').includes('..')))
        return `${path} ${each}`;
  }
  return undefined;
}
