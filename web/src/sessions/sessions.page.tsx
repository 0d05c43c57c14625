import type { Session } from '@lab-orchestrator/contracts';
import { Button, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { useMe } from '../auth/use-me.js';
import { useStartLab } from '../catalog/use-start-lab.js';
import { formatInstant, formatRelative } from '../i18n/format.js';
import { Empty } from '../ui/empty.js';
import { LoadMore } from '../ui/load-more.js';
import { Problem } from '../ui/problem.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { LinkButton } from '../ui/link-button.js';
import { PhaseStatus } from '../ui/status.js';
import { usePages } from '../ui/use-pages.js';
import classes from './sessions.module.css';

type State = 'open' | 'ended';

export function SessionsPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<State>('open');
  const list = usePages(keys.sessions({ mine: true, state }), (cursor, signal) =>
    call('listSessions', { query: { mine: 'true', state, cursor }, signal }),
  );
  return (
    <Page title={t('sessions.title')}>
      <SegmentedControl
        mb="md"
        aria-label={t('sessions.phase')}
        value={state}
        onChange={(value) => setState(value === 'ended' ? 'ended' : 'open')}
        data={[
          { value: 'open', label: t('sessions.open') },
          { value: 'ended', label: t('sessions.ended') },
        ]}
      />
      <QueryView query={{ ...list, data: list.items }} skeleton={<Skeleton h={160} />}>
        {(items) => (
          <>
            {items.length === 0 && <NoSessions state={state} />}
            <Stack component="ul" gap="sm" className={classes.list}>
              {items.map((session) => (
                <SessionItem key={session.id} session={session} />
              ))}
            </Stack>
            <LoadMore list={list} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function NoSessions({ state }: { state: State }) {
  const { t } = useTranslation();
  if (state === 'ended') return <Empty icon={<IconHistory size={40} />} title={t('sessions.noneEnded')} />;
  return (
    <Empty icon={<IconPlayerPlay size={40} />} title={t('sessions.noneOpen')} text={t('sessions.noneOpenText')}>
      <LinkButton to="/">{t('app.action.home')}</LinkButton>
    </Empty>
  );
}

function SessionItem({ session }: { session: Session }) {
  const { t } = useTranslation();
  const me = useMe();
  const { start, isPending, error } = useStartLab();
  const ended = session.phase === 'ended';
  return (
    <li className={classes.item}>
      <div className={classes.main}>
        <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} className={classes.title}>
          {session.lab.title}
        </Link>
        <Text size="sm" c="dimmed">
          {t('sessions.started')} {formatInstant(session.createdAt)}
          {session.ownerId !== me.id && ` · ${t('sessions.shared', { name: session.ownerName })}`}
        </Text>
        {ended && session.endReason !== undefined && (
          <Text size="sm">{t('sessions.because', { reason: t(`app.endReason.${session.endReason}`) })}</Text>
        )}
        {error !== null && <Problem error={error} compact />}
        {!ended && (
          <Text size="sm">
            {t('sessions.endsAt')} {formatRelative(session.deadlineAt)}
          </Text>
        )}
      </div>
      <PhaseStatus phase={session.phase} />
      {ended ? (
        <Button
          variant="default"
          loading={isPending}
          onClick={() => start({ labId: session.lab.id })}
          aria-label={`${t('sessions.startAgain')}: ${session.lab.title}`}
        >
          {t('sessions.startAgain')}
        </Button>
      ) : (
        <LinkButton
          to="/sessions/$sessionId"
          params={{ sessionId: session.id }}
          aria-label={`${t('sessions.openSession')}: ${session.lab.title}`}
        >
          {t('sessions.openSession')}
        </LinkButton>
      )}
    </li>
  );
}
