import type { Session } from '@lab-orchestrator/contracts';
import { List, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';

const SHOWN = 10;

/** Shows what a bulk end will change before it does. */
export function EndSessionsDialog({ sessions, onClose }: { sessions: Session[]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // What was chosen when the dialog opened: live updates do not change what is being confirmed.
  const [chosen] = useState(sessions);
  const count = chosen.length;
  const end = async () => {
    const results = await Promise.allSettled(chosen.map(({ id }) => call('endSession', { params: { sessionId: id } })));
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed.length < count) notifyDone(t('adminSessions.ended', { count: count - failed.length }));
    if (failed[0] !== undefined) {
      notifyError(failed[0].reason);
      notifyDone(t('adminSessions.someFailed', { count: failed.length }));
    }
    await client.invalidateQueries({ queryKey: keys.sessions() });
  };
  return (
    <Confirm
      title={t('adminSessions.endTitle', { count })}
      confirm={t('adminSessions.endConfirm', { count })}
      dangerous
      onConfirm={end}
      onClose={onClose}
    >
      <Text>{t('adminSessions.endText')}</Text>
      <List size="sm">
        {chosen.slice(0, SHOWN).map(({ id, lab, ownerName }) => (
          <List.Item key={id}>
            {ownerName} · {lab.title}
          </List.Item>
        ))}
      </List>
      {count > SHOWN && <Text size="sm">{t('adminSessions.andMore', { count: count - SHOWN })}</Text>}
    </Confirm>
  );
}
