import { folderDigest } from '../folder/digest.js';
import type { FolderFiles } from '../folder/folder-files.js';
import { type Findings, findMistakes } from './find-mistakes.js';
import type { CheckOptions } from './options.js';

export interface CheckedFolder extends Findings {
  /** Names the folder by its content. */
  digest: string;
}

/** Checks a lab folder and resolves its lab file. All that is wrong is found in one pass. */
export const checkFolder = (files: FolderFiles, options: CheckOptions = {}): CheckedFolder => ({
  digest: folderDigest(files),
  ...findMistakes(files, options),
});
