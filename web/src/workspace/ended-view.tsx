import type { Session } from '@lab-orchestrator/contracts';
import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useStartLab } from '../catalog/use-start-lab.js';
import { formatInstant } from '../i18n/format.js';
import { Problem } from '../ui/problem.js';
import classes from './full-view.module.css';

export function EndingView() {
  const { t } = useTranslation();
  return (
    <div className={classes.fullView}>
      <Stack gap="sm" className={classes.startCard} role="status">
        <Group gap="sm">
          <Loader size="sm" />
          <Title order={2}>{t('workspace.ending.title')}</Title>
        </Group>
        <Text c="dimmed">{t('workspace.ending.text')}</Text>
      </Stack>
    </div>
  );
}

/** Why it ended, what is gone, and how to begin again. */
export function EndedView({ session }: { session: Session }) {
  const { t } = useTranslation();
  const start = useStartLab();
  return (
    <div className={classes.fullView}>
      <Stack gap="md" className={classes.startCard}>
        <Group gap="sm">
          <IconCircleCheck size={24} aria-hidden />
          <Title order={2}>{t('workspace.ended.title')}</Title>
        </Group>
        <div>
          {session.endReason !== undefined && (
            <Text role="status">
              {t('workspace.ended.because', { reason: t(`app.endReason.${session.endReason}`) })}
            </Text>
          )}
          <Text>{t('workspace.ended.lost')}</Text>
          {session.endedAt !== undefined && (
            <Text size="sm" c="dimmed">
              {t('workspace.ended.at', { time: formatInstant(session.endedAt) })}
            </Text>
          )}
        </div>
        {start.error !== null && <Problem error={start.error} compact />}
        <Group gap="sm">
          <Button
            leftSection={<IconPlayerPlay size={18} />}
            loading={start.isPending}
            onClick={() => start.start({ labId: session.lab.id })}
          >
            {t('workspace.ended.again')}
          </Button>
          <Button variant="default" component={Link} to="/">
            {t('workspace.ended.toLabs')}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}
