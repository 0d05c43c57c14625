import type { Session } from '@lab-orchestrator/contracts';
import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Confirm } from '../ui/confirm.js';

/** Says what is lost before a session ends. */
export function EndDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const end = async () => {
    await call('endSession', { params: { sessionId } });
    client.setQueryData<Session>(
      keys.session(sessionId),
      (old) => old && { ...old, desired: 'ended', phase: old.phase === 'ended' ? 'ended' : 'ending' },
    );
    void client.invalidateQueries({ queryKey: keys.session(sessionId) });
  };
  return (
    <Confirm
      title={t('workspace.endDialog.title')}
      confirm={t('workspace.endDialog.confirm')}
      dangerous
      onConfirm={end}
      onClose={onClose}
    >
      <Text>{t('workspace.endDialog.text')}</Text>
      <Text>{t('workspace.endDialog.copyFirst')}</Text>
    </Confirm>
  );
}
