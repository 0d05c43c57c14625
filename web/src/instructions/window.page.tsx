import type { Session } from '@lab-orchestrator/contracts';
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { PhaseStatus } from '../ui/status.js';
import { sessionQuery } from '../workspace/session-query.js';
import classes from './window.module.css';
import type { ConsoleActions } from './model/console-actions.js';
import { remoteActions } from './model/window-bridge.js';
import { InstructionsPane } from './pane/instructions-pane.js';
import { useReader } from './pane/use-reader.js';

const route = getRouteApi('/inside/sessions/$sessionId/instructions');

/** The instructions in a window of their own; commands go to the workspace of the same session. */
export function InstructionsWindowPage() {
  const { sessionId } = route.useParams();
  const query = useQuery(sessionQuery(sessionId));
  return (
    <QueryView query={query} skeleton={<Skeleton h="100dvh" radius={0} />} addressed>
      {(session) => <InstructionsWindow key={session.id} session={session} />}
    </QueryView>
  );
}

function InstructionsWindow({ session }: { session: Session }) {
  const { t } = useTranslation();
  useDocumentTitle(`${t('instructions.title')}: ${session.lab.title}`);
  const consoles = useRemoteActions(session.id);
  const reader = useReader(session, consoles);
  return (
    <div className={classes.window}>
      <header className={classes.windowHead}>
        <Text component="h1" fw={650} className="truncate">
          {session.lab.title}
        </Text>
        <PhaseStatus phase={session.phase} />
        <span className={classes.fill} />
        <Link to="/sessions/$sessionId" params={{ sessionId: session.id }}>
          {t('instructions.toWorkspace')}
        </Link>
      </header>
      <div className={classes.windowBody}>
        <InstructionsPane reader={reader} />
      </div>
    </div>
  );
}

/** The channel to the workspace lives as long as this window shows the page. */
function useRemoteActions(sessionId: string): ConsoleActions {
  const [bridge] = useState(() => {
    let current: ReturnType<typeof remoteActions> | undefined;
    const away = () => Promise.resolve('noWorkspace' as const);
    return {
      open: () => {
        const opened = remoteActions(sessionId, () => close());
        current = opened;
        return () => opened.close();
      },
      actions: {
        show: (tab) => current?.show(tab) ?? away(),
        type: (tab, text, enter) => current?.type(tab, text, enter) ?? away(),
        give: (tab, text) => current?.give(tab, text) ?? away(),
      } satisfies ConsoleActions,
    };
  });
  useEffect(() => bridge.open(), [bridge]);
  return bridge.actions;
}
