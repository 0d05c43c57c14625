/** What a browser may have of this library: nothing here needs Node. */
export { LAB_FILE, type Findings, findMistakes } from './find-mistakes.js';
export type { CheckOptions } from './options.js';
export type { Outline } from './outline.js';
export { labFileSchema } from './known-fields.js';
export { entryPath } from '../folder/entry-path.js';
export { FolderError } from '../folder/folder-error.js';
export { type FolderFiles, FolderCollector, folderLimits } from '../folder/folder-files.js';
