import { fromBuffer, type Entry, open, type ZipFile } from 'yauzl';
import { FolderError } from './folder-error.js';
import { FolderCollector, type FolderFiles } from './folder-files.js';

const openOptions = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true } as const;
const fileTypeMask = 0o170_000;
const regularFile = 0o100_000;
const madeByUnix = 3;

/**
 * Unpacks a zip in memory. Refuses what a lab never needs: links, encryption, names that leave the folder or
 * come twice, and archives that unpack to more than the limits.
 * @param archive the zip's bytes, or the path of a zip file
 * @throws FolderError
 */
export async function readZip(archive: Uint8Array | string): Promise<FolderFiles> {
  const zip = await openZip(archive);
  const folder = new FolderCollector();
  try {
    await eachEntry(zip, (entry) => readEntry(zip, entry, folder));
  } finally {
    zip.close();
  }
  return folder.finish();
}

function openZip(archive: Uint8Array | string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: ZipFile) => (error ? reject(unreadable(error)) : resolve(zip));
    if (typeof archive === 'string') open(archive, { ...openOptions, autoClose: false }, done);
    else fromBuffer(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), openOptions, done);
  });
}

function eachEntry(zip: ZipFile, visit: (entry: Entry) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      visit(entry).then(() => zip.readEntry(), reject);
    });
    zip.once('end', resolve);
    zip.once('error', (error: Error) => reject(unreadable(error)));
    zip.readEntry();
  });
}

async function readEntry(zip: ZipFile, entry: Entry, folder: FolderCollector) {
  const isDirectory = entry.fileName.endsWith('/');
  const path = folder.announce(isDirectory ? entry.fileName.slice(0, -1) : entry.fileName);
  if (isDirectory || path === undefined) return;
  if (entry.isEncrypted()) throw new FolderError('archive_encrypted', `"${path}" is encrypted`, path);
  refuseSpecialFiles(entry, path);
  folder.add(path, await unpack(zip, entry, folder));
}

/** A link would let the archive point at files of the machine that unpacks it. */
function refuseSpecialFiles(entry: Entry, path: string) {
  if (entry.versionMadeBy >>> 8 !== madeByUnix) return;
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
  if (type !== 0 && type !== regularFile)
    throw new FolderError('not_a_file', `"${path}" is a link or a device; only plain files are allowed`, path);
}

function unpack(zip: ZipFile, entry: Entry, folder: FolderCollector): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(unreadable(error, entry.fileName));
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => {
        try {
          folder.count(chunk.length);
          chunks.push(chunk);
        } catch (limit) {
          reject(limit);
          stream.destroy();
        }
      });
      stream.once('end', () => resolve(Buffer.concat(chunks)));
      stream.once('error', (cause: Error) => reject(unreadable(cause, entry.fileName)));
    });
  });
}

function unreadable(cause: Error, entry = '') {
  // yauzl looks at names before we do.
  const [, name] =
    /^(?:absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(cause.message) ?? [];
  if (name !== undefined)
    return new FolderError('path_outside', `"${name.slice(0, 120)}" points outside the folder`, name);
  return new FolderError('archive_unreadable', `the archive cannot be read: ${cause.message}`, entry);
}
