import type { Session } from '@lab-orchestrator/contracts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconSnowflake } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.js';
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
            {t(session.pauseLoses.length > 0 ? 'workspace.paused.anew' : 'workspace.paused.text', {
              time: formatInstant(session.deadlineAt),
            })}
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
