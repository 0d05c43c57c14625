import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format.js';
import { Confirm } from '../ui/confirm.js';
import type { PauseLosses } from './pause-losses.js';

interface Props {
  losses: PauseLosses;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what is lost before a session is paused. */
export function PauseDialog({ losses, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const { containers, machines, later, freezesMachines } = losses;
  return (
    <Confirm
      title={t('workspace.pauseDialog.title')}
      confirm={t('workspace.pauseDialog.confirm')}
      dangerous
      onConfirm={async () => onConfirm()}
      onClose={onClose}
    >
      <Losing text={t('workspace.pauseDialog.containers')} titles={containers} />
      <Losing text={t('workspace.pauseDialog.machines')} titles={machines} />
      {freezesMachines && (
        <Text>{t(machines.length > 0 ? 'workspace.pauseDialog.othersKept' : 'workspace.pauseDialog.kept')}</Text>
      )}
      {later && (
        <Losing
          text={t('workspace.pauseDialog.later', { duration: formatDuration(later.afterS) })}
          titles={later.machines}
        />
      )}
    </Confirm>
  );
}

function Losing({ text, titles }: { text: string; titles: string[] }) {
  if (titles.length === 0) return null;
  return (
    <>
      <Text>{text}</Text>
      <List>
        {titles.map((title) => (
          <List.Item key={title}>{title}</List.Item>
        ))}
      </List>
    </>
  );
}
