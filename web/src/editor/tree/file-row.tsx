import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconDots,
  IconFile,
  IconFileSettings,
  IconMarkdown,
  IconPencil,
  IconPhoto,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../editor.module.css';
import { baseName, pictureType } from '../model/lab-files.js';

interface Props {
  path: string;
  open: boolean;
  change: 'added' | 'changed' | undefined;
  errors: number;
  onOpen: () => void;
  onRename: () => void;
  onDelete: () => void;
}

function FileIcon({ path }: { path: string }) {
  if (path === 'lab.yaml') return <IconFileSettings size={16} aria-hidden />;
  if (path.endsWith('.md')) return <IconMarkdown size={16} aria-hidden />;
  return pictureType(path) === undefined ? <IconFile size={16} aria-hidden /> : <IconPhoto size={16} aria-hidden />;
}

export function FileRow({ path, open, change, errors, onOpen, onRename, onDelete }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.fileRow} data-open={open}>
      <UnstyledButton className={classes.file} aria-current={open} onClick={onOpen} title={path}>
        <FileIcon path={path} />
        <span className={classes.fileName}>{baseName(path)}</span>
        {errors > 0 && (
          <span className={classes.mark} data-tone="bad">
            {t('editor.files.withErrors', { count: errors })}
          </span>
        )}
        {errors === 0 && change !== undefined && <span className={classes.mark}>{t(`editor.files.${change}`)}</span>}
      </UnstyledButton>
      {path !== 'lab.yaml' && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="md" aria-label={t('app.action.moreFor', { name: path })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
              {t('editor.files.rename')}
            </Menu.Item>
            <Menu.Item color="var(--lab-bad)" leftSection={<IconTrash size={16} />} onClick={onDelete}>
              {t('editor.files.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
