import type { Session } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PauseDialog } from './dialogs.js';
import { losesSomething, pauseLosses } from './pause-losses.js';
import { useSessionActions } from './use-session-actions.js';

/** Pauses at once where everything is frozen; where something would be lost it says what, and asks. */
export function PauseButton({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { change, busy } = useSessionActions(session.id);
  const [asking, setAsking] = useState(false);
  const losses = pauseLosses(session);
  const pause = () => change.mutate('pauseSession');
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPause size={16} />}
        loading={busy('pauseSession')}
        onClick={() => (losesSomething(losses) ? setAsking(true) : pause())}
      >
        {t('workspace.pause')}
      </Button>
      {asking && <PauseDialog losses={losses} onConfirm={pause} onClose={() => setAsking(false)} />}
    </>
  );
}
