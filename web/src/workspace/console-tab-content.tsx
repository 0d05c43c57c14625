import type { Session } from '@lab-orchestrator/contracts';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../consoles/consoles.module.css';
import { WebPane } from '../consoles/web-pane.js';
import full from './full-view.module.css';
import { loadDesktopPane, loadTerminalPane } from './preload-consoles.js';
import stages from './stage-row.module.css';
import { StageRow } from './stage-row.js';
import { canOpen } from './stages.js';
import type { ConsoleTab } from './tabs.js';

const TerminalPane = lazy(async () => ({ default: (await loadTerminalPane()).TerminalPane }));
const DesktopPane = lazy(async () => ({ default: (await loadDesktopPane()).DesktopPane }));

interface Props {
  session: Session;
  tab: ConsoleTab;
  /** It was usable once: what is on its screen stays while the system restarts. */
  wasUsable: boolean;
  onOutput: () => void;
  onLeave: () => void;
}

export function ConsoleTabContent({ session, tab, wasUsable, onOutput, onLeave }: Props) {
  if (!canOpen(tab.system, tab.kind) && !wasUsable) return <NotReady tab={tab} />;
  const mode = session.role === 'viewer' ? 'view' : 'control';
  const target = { sessionId: session.id, system: tab.system.name, access: tab.access, mode } as const;
  const shared = { target, title: tab.title, onOutput, onLeave };
  if (tab.kind === 'web') return <WebPane target={target} title={tab.title} />;
  return (
    <Suspense fallback={<Skeleton h="100%" radius={0} />}>
      {tab.kind === 'desktop' ? <DesktopPane {...shared} /> : <TerminalPane {...shared} />}
    </Suspense>
  );
}

function NotReady({ tab: { system, title } }: { tab: ConsoleTab }) {
  const { t } = useTranslation();
  const broken = system.state === 'broken' || system.state === 'stopped';
  return (
    <div className={classes.waiting}>
      <Stack gap="sm" className={full.startCard}>
        <Title order={2}>{t(broken ? 'consoles.broken' : 'consoles.notReady', { title })}</Title>
        <ul className={stages.rows}>
          <StageRow system={system} />
        </ul>
        {!broken && (
          <Text size="sm" c="dimmed">
            {t('consoles.notReadyText')}
          </Text>
        )}
      </Stack>
    </div>
  );
}
