import type { FolderFiles } from '@lab-orchestrator/lab-folder';
import { packFolder } from './pack-folder.js';

/** A folder as the body of an import. */
export async function archiveForm(files: FolderFiles, name: string): Promise<FormData> {
  const form = new FormData();
  form.append('archive', new Blob([new Uint8Array(await packFolder(files))]), `${name}.zip`);
  return form;
}
