import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { FolderFiles } from '@lab-orchestrator/lab-folder';
import { ZipFile } from 'yazl';

/** The same files make the same archive: times are left out. */
const epoch = new Date(1980, 0, 1);

/** The folder as a zip, for the upload. */
export async function packFolder(files: FolderFiles): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of files) zip.addBuffer(Buffer.from(content), path, { mtime: epoch });
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}
