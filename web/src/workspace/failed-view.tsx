import type { Session } from '@lab-orchestrator/contracts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/copy-text.js';
import { EndDialog } from './dialogs.js';
import { useSessionActions } from './use-session-actions.js';
import classes from './failed-view.module.css';
import full from './full-view.module.css';

/** What broke, what to do, and the two ways on. */
export function FailedView({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const { change, busy } = useSessionActions(session.id);
  const [ending, setEnding] = useState(false);
  const { reason } = session;
  // The server explains itself in English. What to do is said in the reader's language, if only in general.
  const inEnglish = i18n.language === 'en';
  const advice = inEnglish ? reason?.advice : undefined;
  const broken = session.systems.find(({ name }) => name === reason?.system);
  return (
    <div className={full.fullView}>
      <Stack gap="md" className={full.startCard} role="alert">
        <Group gap="sm" c="var(--lab-bad)" wrap="nowrap">
          <IconAlertTriangle size={24} aria-hidden />
          <Title order={2}>
            {t(session.readyAt === undefined ? 'workspace.failed.title' : 'workspace.failed.later')}
          </Title>
        </Group>
        <Text>{advice ?? t('workspace.failed.fallbackAdvice')}</Text>
        <div className={classes.cause}>
          <Text size="sm" fw={600}>
            {t('workspace.failed.code')}
          </Text>
          {reason === undefined ? (
            <Text size="sm">{t('workspace.failed.fallback')}</Text>
          ) : (
            <Text size="sm" lang="en">
              {reason.text}
            </Text>
          )}
          {reason !== undefined && !inEnglish && (
            <Text size="sm" lang="en">
              {reason.advice}
            </Text>
          )}
          {broken !== undefined && <Text size="sm">{t('workspace.failed.system', { system: broken.title })}</Text>}
          <CopyText
            text={session.id}
            label={t('workspace.failed.copySession')}
            shown={`${t('workspace.failed.session')} ${session.id}${reason === undefined ? '' : ` · ${reason.code}`}`}
          />
        </div>
        {session.role !== 'viewer' && (
          <Group gap="sm">
            <Button
              leftSection={<IconRefresh size={18} />}
              loading={busy('retrySession')}
              onClick={() => change.mutate('retrySession')}
            >
              {t('app.action.retry')}
            </Button>
            <Button variant="default" onClick={() => setEnding(true)}>
              {t('workspace.end')}
            </Button>
          </Group>
        )}
      </Stack>
      {ending && <EndDialog sessionId={session.id} onClose={() => setEnding(false)} />}
    </div>
  );
}
