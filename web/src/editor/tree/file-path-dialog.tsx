import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.js';
import type { LabFiles } from '../model/lab-files.js';
import { type PathProblem, pathProblem } from '../model/new-path.js';

interface Props {
  title: string;
  submit: string;
  hint: string;
  files: LabFiles;
  path: string;
  onPath: (path: string) => void;
  onClose: () => void;
}

/** Asks for the path of a file; says why one cannot be used. */
export function FilePathDialog({ title, submit, hint, files, path, onPath, onClose }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(path);
  const [problem, setProblem] = useState<PathProblem>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const found = wanted === path && files.has(path) ? undefined : pathProblem(files, wanted.trim());
    setProblem(found);
    if (found !== undefined) return;
    if (wanted.trim() !== path || !files.has(path)) onPath(wanted.trim());
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('editor.files.path')}
            description={hint}
            value={wanted}
            maxLength={512}
            autoComplete="off"
            spellCheck={false}
            error={problem === undefined ? undefined : t(`editor.files.problem.${problem}`)}
            onChange={({ currentTarget }) => {
              setWanted(currentTarget.value);
              setProblem(undefined);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('app.action.cancel')}
            </Button>
            <Button type="submit">{submit}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
