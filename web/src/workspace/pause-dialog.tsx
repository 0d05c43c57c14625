import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../ui/confirm.js';

interface Props {
  /** Titles of the systems that lose something. */
  losing: string[];
  /** Whether there are virtual machines, which lose nothing. */
  hasMachines: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what is lost before a session is paused. */
export function PauseDialog({ losing, hasMachines, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Confirm
      title={t('workspace.pauseDialog.title')}
      confirm={t('workspace.pauseDialog.confirm')}
      dangerous
      onConfirm={async () => onConfirm()}
      onClose={onClose}
    >
      <Text>{t('workspace.pauseDialog.text')}</Text>
      <List>
        {losing.map((title) => (
          <List.Item key={title}>{title}</List.Item>
        ))}
      </List>
      {hasMachines && <Text>{t('workspace.pauseDialog.kept')}</Text>}
    </Confirm>
  );
}
