import type { Session } from '@lab-orchestrator/contracts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconSnowflake } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatInstant } from '../i18n/format.js';
import { losesSomething, pauseLosses } from './pause-losses.js';
import { useSessionActions } from './use-session-actions.js';
import classes from './full-view.module.css';

export function PausedView({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { change, busy } = useSessionActions(session.id);
  const pausing = session.phase === 'pausing';
  return (
    <div className={classes.fullView}>
      <Stack gap="sm" className={classes.startCard} aria-live="polite">
        <Group gap="sm">
          <IconSnowflake size={24} aria-hidden />
          <Title order={2}>{t(pausing ? 'workspace.paused.pausing' : 'workspace.paused.title')}</Title>
        </Group>
        {!pausing && (
          <Text c="dimmed">
            <PausedText session={session} /> {t('workspace.paused.time', { time: formatInstant(session.deadlineAt) })}
          </Text>
        )}
        {!pausing && session.role !== 'viewer' && (
          <Button
            size="md"
            leftSection={<IconPlayerPlay size={18} />}
            loading={busy('resumeSession')}
            onClick={() => change.mutate('resumeSession')}
          >
            {t('workspace.resume')}
          </Button>
        )}
      </Stack>
    </div>
  );
}

/** What became of the systems, and what will when the pause lasts. */
function PausedText({ session }: { session: Session }) {
  const { t } = useTranslation();
  const losses = pauseLosses(session);
  const { containers, machines, later, freezesMachines } = losses;
  if (!losesSomething(losses)) return t('workspace.paused.frozen');
  const sentences = [
    containers.length > 0 && t('workspace.paused.containers'),
    machines.length > 0 && t('workspace.paused.machines', { titles: machines.join(', ') }),
    freezesMachines && t(machines.length > 0 ? 'workspace.paused.othersFrozen' : 'workspace.paused.machinesFrozen'),
    later && t('workspace.paused.later', { duration: formatDuration(later.afterS), titles: later.machines.join(', ') }),
  ];
  return sentences.filter(Boolean).join(' ');
}
