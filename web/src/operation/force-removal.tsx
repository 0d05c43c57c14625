import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';

/** Lets go of what holds the removal of a session, once an admin has read what that means. */
export function ForceRemoval({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const force = async () => {
    const { taken, left } = await call('forceRemoval', { params: { sessionId } });
    const still = left.length > 0 ? ` ${t('operation.forcedNot', { left: left.join('; ') })}` : '';
    notifyDone(t('operation.forced', { count: taken.length }) + still);
    await client.invalidateQueries({ queryKey: keys.stuck() });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t('operation.force')}
      </Button>
      {asking && (
        <Confirm
          title={t('operation.forceTitle')}
          confirm={t('operation.force')}
          dangerous
          onConfirm={force}
          onClose={() => setAsking(false)}
        >
          <Text>{t('operation.forceText')}</Text>
        </Confirm>
      )}
    </>
  );
}
