import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** The same files make the same archive: times are left out. */
const epoch = new Date(1980, 0, 1);

/**
 * Writes a lab folder as a zip, one file after the other as the reader takes them.
 * @param paths the files, spelled as `entryPath` has them
 * @param read gives the content of one file; it is asked when its turn comes
 * @returns the bytes of the zip; fails when a file cannot be read
 */
export function writeZip(paths: Iterable<string>, read: (path: string) => Promise<Uint8Array>): Readable {
  const zip = new ZipFile();
  const bytes = Readable.from(zip.outputStream);
  zip.on('error', (error: Error) => bytes.destroy(error));
  for (const path of paths) {
    const source = Readable.from(content(path, read));
    source.once('error', (error) => zip.emit('error', error));
    zip.addReadStream(source, path, { mtime: epoch });
  }
  zip.end();
  return bytes;
}

/** A generator does nothing until somebody reads. */
async function* content(path: string, read: (path: string) => Promise<Uint8Array>) {
  yield await read(path);
}
