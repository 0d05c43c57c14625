import type { Session } from '@lab-orchestrator/contracts';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDuration } from '../i18n/format.js';
import { useServerNow } from '../ui/use-now.js';
import { preloadConsoles } from './preload-consoles.js';
import { StageRow } from './stage-row.js';
import full from './full-view.module.css';
import stages from './stage-row.module.css';

/** Every system with its stages, the time so far and the usual time. */
export function StartingView({ session }: { session: Session }) {
  const { t } = useTranslation();
  useEffect(() => preloadConsoles(session), [session]);
  return (
    <div className={full.fullView}>
      <Stack gap="md" className={full.startCard}>
        <Group justify="space-between" align="baseline" gap="md">
          <Title order={2}>
            {t(session.phase === 'resuming' ? 'workspace.starting.resuming' : 'workspace.starting.title')}
          </Title>
          <Elapsed session={session} />
        </Group>
        {session.phase === 'requested' && <Text c="dimmed">{t('workspace.requested')}</Text>}
        <ul className={stages.rows}>
          {session.systems.map((system) => (
            <StageRow key={system.name} system={system} />
          ))}
        </ul>
        <Text size="sm" c="dimmed">
          {t('workspace.starting.usable')}
        </Text>
      </Stack>
      <StageAnnouncer session={session} />
    </div>
  );
}

function Elapsed({ session: { createdAt, readyAt, usualStartS } }: { session: Session }) {
  const { t } = useTranslation();
  const now = useServerNow();
  if (readyAt !== undefined) return null;
  const clock = formatClock((now - Date.parse(createdAt)) / 1_000);
  return (
    <Text c="dimmed" size="sm" className="tabular">
      {t('workspace.starting.elapsed', { clock })}
      {usualStartS !== undefined && ` · ${t('workspace.starting.usual', { duration: formatDuration(usualStartS) })}`}
    </Text>
  );
}

/** Screen readers hear each stage once, not each percent. */
export function StageAnnouncer({ session: { systems } }: { session: Session }) {
  const { t } = useTranslation();
  const text = systems.every(({ state }) => state === 'ready')
    ? t('workspace.starting.allReady')
    : systems
        .filter(({ state }) => state !== 'absent')
        .map(({ title, stage }) => t('workspace.starting.now', { system: title, stage: t(`app.stage.${stage}`) }))
        .join(', ');
  return (
    <div aria-live="polite" className="visually-hidden">
      {text}
    </div>
  );
}
