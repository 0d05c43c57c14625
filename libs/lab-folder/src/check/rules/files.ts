import { resolvePath } from '../../folder/entry-path.js';
import type { FolderFiles } from '../../folder/folder-files.js';
import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';
import { suggest } from '@lab-orchestrator/page-compiler';
import type { DocumentPath } from '../../yaml/yaml-source.js';

/** Files travel in the specification of the session, so all of a lab's together stay small. */
const maxBytes = 512 * 1024;

/** Files that systems get exist in the folder and are not too large together. */
export function checkFiles({ systems }: Outline, folder: FolderFiles, report: Reporter) {
  let bytes = 0;
  for (const [at, system] of systems.entries())
    for (const [index, file] of system.files.entries()) {
      const path = ['systems', at, 'files', index];
      if ((file.from === undefined) === (file.content === undefined))
        report.error(path, 'file_source', 'expected exactly one of from and content');
      if (file.path?.split('/').includes('..'))
        report.error([...path, 'path'], 'path_outside', 'expected an absolute path without ".."');
      bytes += new TextEncoder().encode(file.content ?? '').length;
      if (file.from !== undefined) bytes += sizeOf(file.from, [...path, 'from'], folder, report);
    }
  if (bytes > maxBytes)
    report.error(
      ['systems'],
      'files_too_large',
      `the files of all systems have ${bytes} bytes together; expected at most ${maxBytes}`,
    );
}

function sizeOf(from: string, path: DocumentPath, folder: FolderFiles, report: Reporter) {
  const target = resolvePath('lab.yaml', from);
  if (target === undefined) {
    report.error(path, 'path_outside', `"${from}" points outside the folder`);
    return 0;
  }
  const content = folder.get(target);
  if (!content)
    report.error(path, 'file_missing', `there is no file "${from}" in the folder${suggest(target, folder.keys())}`);
  return content?.length ?? 0;
}
