import { ActionIcon, Button, Group, Menu, Title } from '@mantine/core';
import {
  IconArrowLeft,
  IconDeviceFloppy,
  IconDots,
  IconDownload,
  IconGitCompare,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './editor.module.css';
import type { Keeping } from './model/use-kept-work.js';

interface Props {
  title: string;
  /** The version it was opened in; nothing before the first save. */
  version: number | undefined;
  changed: number;
  kept: Keeping;
  onSave: (start: boolean) => void;
  onDownload: () => void;
}

/** Which lab this is, whether it is saved, and the ways to save it. */
export function EditorBar({ title, version, changed, kept, onSave, onDownload }: Props) {
  const { t } = useTranslation();
  const state = [
    changed > 0
      ? t('editor.state.changed', { count: changed })
      : version === undefined
        ? t('editor.state.fresh')
        : t('editor.state.saved', { version }),
    ...(changed > 0 && kept !== 'soon' ? [t(kept === 'kept' ? 'editor.state.kept' : 'editor.state.notKept')] : []),
  ].join(' · ');
  return (
    <header className={classes.bar}>
      <ActionIcon component={Link} to="/authoring" aria-label={t('editor.back')} title={t('editor.back')}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div className={classes.barTitle}>
        <Title order={1} className="truncate">
          {title}
        </Title>
        <p role="status" className={classes.state} style={{ margin: 0 }}>
          {state}
        </p>
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={16} />}
          aria-keyshortcuts="Control+S Meta+S"
          onClick={() => onSave(false)}
        >
          {t('editor.save.button')}
        </Button>
        <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => onSave(true)}>
          {t('editor.save.andStart')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('editor.menu')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconGitCompare size={16} />} onClick={() => onSave(false)}>
              {t('editor.differences')}
            </Menu.Item>
            <Menu.Item leftSection={<IconDownload size={16} />} onClick={onDownload}>
              {t('editor.export')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </header>
  );
}
