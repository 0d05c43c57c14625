import { notifyError } from '../../ui/notify.js';
import { saveFile } from '../../ui/save-file.js';
import type { LabFiles } from '../model/lab-files.js';
import { packLab } from './save-lab.js';

/** Hands the files as they are now to the person, saved or not. */
export async function downloadLab(files: LabFiles, slug: string): Promise<void> {
  try {
    saveFile(new Blob([await packLab(files)], { type: 'application/zip' }), `${slug === '' ? 'lab' : slug}.zip`);
  } catch (error) {
    notifyError(error);
  }
}
