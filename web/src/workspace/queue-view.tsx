import type { Session } from '@lab-orchestrator/contracts';
import { Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format.js';
import { preloadConsoles } from './preload-consoles.js';
import classes from './full-view.module.css';

export function QueueView({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { queue } = session;
  useEffect(() => preloadConsoles(session), [session]);
  return (
    <div className={classes.fullView}>
      <Stack gap="sm" className={classes.startCard} aria-live="polite">
        <Title order={2}>{t('workspace.queue.title')}</Title>
        {queue !== undefined && (
          <Text size="xl" fw={650} className="tabular">
            {t('workspace.queue.place', { place: queue.place })}
          </Text>
        )}
        {queue?.estimateS !== undefined && (
          <Text>{t('workspace.queue.estimate', { duration: formatDuration(queue.estimateS) })}</Text>
        )}
        <Text c="dimmed">{t('workspace.queue.text')}</Text>
      </Stack>
    </div>
  );
}
