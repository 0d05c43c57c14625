import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconFileZip, IconFolderOpen, IconUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './authoring.module.css';
import type { LabSource } from './import-source.js';
import { filesOfDrop, filesOfFolder, packFolder, type FolderFile } from './pack-folder.js';

interface Props {
  busy: boolean;
  onCheck: (source: LabSource) => void;
  onImport: (source: LabSource) => void;
}

/** A lab folder or zip, dropped or chosen. A folder is packed here, so that nobody has to. */
export function ImportFromFiles({ busy, onCheck, onImport }: Props) {
  const { t } = useTranslation();
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [chosen, setChosen] = useState<{ archive: File; name: string }>();
  const [problem, setProblem] = useState<string>();

  const take = async (files: FolderFile[], name: string) => {
    const only = files.length === 1 ? files[0] : undefined;
    setProblem(undefined);
    if (only !== undefined && only.file.name.endsWith('.zip'))
      return setChosen({ archive: only.file, name: only.file.name });
    if (!files.some(({ path }) => path === 'lab.yaml')) return setProblem(t('authoring.import.noLabFile'));
    setChosen({ archive: await packFolder(files), name });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const name = event.dataTransfer.items[0]?.webkitGetAsEntry()?.name ?? 'lab';
    void filesOfDrop(event.dataTransfer.items).then((files) => take(files, name));
  };
  return (
    <Stack gap="md">
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconUpload size={32} aria-hidden />
        <Text fw={600}>{chosen?.name ?? t('authoring.import.drop')}</Text>
        <Text size="sm" c="dimmed">
          {t('authoring.import.dropHint')}
        </Text>
        <Group gap="sm" justify="center">
          <Button variant="default" leftSection={<IconFolderOpen size={16} />} onClick={() => folder.current?.click()}>
            {t('authoring.import.chooseFolder')}
          </Button>
          <input
            ref={folder}
            type="file"
            hidden
            {...{ webkitdirectory: '' }}
            onChange={({ currentTarget: { files } }) => {
              const name = files?.[0]?.webkitRelativePath.split('/')[0] ?? 'lab';
              void take(filesOfFolder(files ?? []), name);
            }}
          />
          <FileButton
            accept=".zip,application/zip"
            onChange={(file) => file && void take([{ path: file.name, file }], file.name)}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileZip size={16} />}>
                {t('authoring.import.chooseZip')}
              </Button>
            )}
          </FileButton>
        </Group>
        {problem !== undefined && (
          <Text role="alert" c="var(--lab-bad)" fw={600} size="sm">
            {problem}
          </Text>
        )}
      </div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" disabled={chosen === undefined || busy} onClick={() => chosen && onCheck(chosen)}>
          {t('authoring.import.check')}
        </Button>
        <Button disabled={chosen === undefined} loading={busy} onClick={() => chosen && onImport(chosen)}>
          {t('authoring.import.submit')}
        </Button>
      </Group>
    </Stack>
  );
}
