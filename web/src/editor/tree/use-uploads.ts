import { useState, type Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatNumber } from '../../i18n/format.js';
import { notifyDone } from '../../ui/notify.js';
import type { Edit, LabEditing } from '../model/lab-editing.js';
import { contentOf, folderOf, withFile } from '../model/lab-files.js';
import { freePath, tidyName, uploadLimits, type UploadProblem, uploadProblem } from '../model/new-path.js';

const limitOf: Record<UploadProblem, () => string> = {
  fileTooLarge: () => formatBytes(uploadLimits.fileBytes),
  labTooLarge: () => formatBytes(uploadLimits.labBytes),
  tooManyFiles: () => formatNumber(uploadLimits.files),
};

/** Takes files of this computer into the lab: beside the page that is open, so that it reaches them by their name. */
export function useUploads({ files, path }: LabEditing, dispatch: Dispatch<Edit>) {
  const { t } = useTranslation();
  const [problems, setProblems] = useState<string[]>([]);
  const folder = path?.endsWith('.md') === true ? folderOf(path) : 'files/';
  const take = async (chosen: readonly File[]) => {
    let all = files;
    let count = 0;
    const refused: string[] = [];
    for (const file of chosen) {
      const problem = uploadProblem(all, file.size);
      if (problem !== undefined) {
        const facts = { name: file.name, size: formatBytes(file.size), limit: limitOf[problem]() };
        refused.push(t(`editor.files.tooLarge.${problem}`, facts));
        continue;
      }
      // One after the other: each needs the names and the room that the ones before it took.
      // oxlint-disable-next-line no-await-in-loop
      const content = contentOf(new Uint8Array(await file.arrayBuffer()));
      const to = freePath(all, `${folder}${tidyName(file.name)}`);
      all = withFile(all, to, content);
      count += 1;
      dispatch({ do: 'add', path: to, content });
    }
    setProblems(refused);
    if (count > 0) notifyDone(t('editor.files.uploaded', { count }));
  };
  return { take, problems, forget: () => setProblems([]) };
}
