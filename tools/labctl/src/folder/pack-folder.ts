import { buffer } from 'node:stream/consumers';
import { type FolderFiles, writeZip } from '@lab-orchestrator/lab-folder';

/** The folder as a zip, for the upload. */
export const packFolder = (files: FolderFiles): Promise<Buffer> =>
  buffer(writeZip(files.keys(), async (path) => files.get(path) ?? new Uint8Array()));
