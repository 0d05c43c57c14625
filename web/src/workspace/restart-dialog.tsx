import type { SessionSystem } from '@lab-orchestrator/contracts';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { Confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';

interface Props {
  sessionId: string;
  system: SessionSystem;
  onClose: () => void;
}

/** Says what is lost before a system is restarted. */
export function RestartDialog({ sessionId, system, onClose }: Props) {
  const { t } = useTranslation();
  const restart = async () => {
    await call('restartSystem', { params: { sessionId, system: system.name } });
    notifyDone(t('workspace.restart.done', { system: system.title }));
  };
  return (
    <Confirm
      title={t('workspace.restart.title', { system: system.title })}
      confirm={t('workspace.restart.confirm')}
      onConfirm={restart}
      onClose={onClose}
    >
      <Text>{t('workspace.restart.text')}</Text>
    </Confirm>
  );
}
