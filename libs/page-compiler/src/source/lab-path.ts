/** Where `reference`, written in the file `from`, points to; undefined when that is outside the folder. */
export function resolvePath(from: string, reference: string): string | undefined {
  if (reference.startsWith('/') || reference.includes('\\')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of reference.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/').normalize('NFC');
}
