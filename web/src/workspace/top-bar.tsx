import type { Session } from '@lab-orchestrator/contracts';
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconPlayerPlay, IconPlayerStopFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PhaseStatus } from '../ui/status.js';
import { Countdown } from './countdown.js';
import { EndDialog } from './dialogs.js';
import { MoreMenu } from './more-menu.js';
import { PauseButton } from './pause-button.js';
import { hasConsoles } from './phase-view.js';
import { SplitControl } from './split-control.js';
import type { useLayout } from './use-layout.js';
import { useSessionActions } from './use-session-actions.js';
import classes from './top-bar.module.css';

interface Props {
  session: Session;
  layout: ReturnType<typeof useLayout>;
  narrow: boolean;
}

export function TopBar({ session, layout, narrow }: Props) {
  const { t } = useTranslation();
  const { change, busy } = useSessionActions(session.id);
  const [ending, setEnding] = useState(false);
  const { phase } = session;
  const over = phase === 'ending' || phase === 'ended';
  const mayAct = session.role !== 'viewer' && !over;
  return (
    <header className={classes.topBar}>
      <Group gap="sm" wrap="nowrap" className={classes.titleRow}>
        <Tooltip label={t('app.nav.catalog')}>
          <ActionIcon component={Link} to="/" aria-label={t('app.action.home')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <Text component="h1" fw={650} className="truncate" title={session.lab.title}>
          {session.lab.title}
        </Text>
        <span role="status">
          <PhaseStatus phase={phase} />
        </span>
      </Group>
      {hasConsoles(session) && !narrow && <SplitControl layout={layout} />}
      {!over && (
        <Countdown
          session={session}
          extending={busy('extendSession')}
          onExtend={() => change.mutate('extendSession')}
        />
      )}
      {mayAct && (
        <Group gap="sm" wrap="nowrap">
          {session.canPause && phase === 'ready' && <PauseButton session={session} />}
          {phase === 'paused' && (
            <Button
              size="xs"
              leftSection={<IconPlayerPlay size={16} />}
              loading={busy('resumeSession')}
              onClick={() => change.mutate('resumeSession')}
            >
              {t('workspace.resume')}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStopFilled size={16} />}
            onClick={() => setEnding(true)}
          >
            {t('workspace.end')}
          </Button>
        </Group>
      )}
      <MoreMenu session={session} onResetLayout={layout.reset} />
      {ending && <EndDialog sessionId={session.id} onClose={() => setEnding(false)} />}
    </header>
  );
}
