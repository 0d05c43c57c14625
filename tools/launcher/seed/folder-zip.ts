import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Packs a folder as a person would: paths relative to it, no hidden files. */
export function zipOf(folder: string): Promise<Buffer> {
  const zip = new ZipFile();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) {
    const name = relative(folder, file).split(sep).join('/');
    if (!name.split('/').some((part) => part.startsWith('.'))) zip.addFile(file, name);
  }
  zip.end();
  return buffer(zip.outputStream);
}
