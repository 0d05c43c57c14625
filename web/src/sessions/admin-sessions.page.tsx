import type { Session } from '@lab-orchestrator/contracts';
import { Button, Checkbox, Group, NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { phases } from 'virtual:contract';
import { IconListSearch, IconPlayerStopFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { QueryFor } from '../api/routes.js';
import { formatInstant } from '../i18n/format.js';
import { DataTable, knownSort, type Column } from '../ui/data-table.js';
import { Empty } from '../ui/empty.js';
import { LoadMore } from '../ui/load-more.js';
import { Page } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { SearchField } from '../ui/search-field.js';
import { PhaseStatus } from '../ui/status.js';
import { usePages } from '../ui/use-pages.js';
import { EndSessionsDialog } from './end-sessions-dialog.js';
import { useSelection } from './use-selection.js';

type Sort = NonNullable<QueryFor<'listSessions'>['sort']>;
type State = 'open' | 'ended';
const sorts: readonly Sort[] = ['createdAt', '-createdAt', 'deadlineAt', '-deadlineAt'];

/** Every session that staff may see, with bulk end. */
export function AdminSessionsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [state, setState] = useState<State>('open');
  const [phase, setPhase] = useState<(typeof phases)[number]>();
  const [sort, setSort] = useState<Sort>('-createdAt');
  const [ending, setEnding] = useState(false);
  const list = usePages(keys.sessions({ all: true, search, state, phase, sort }), (cursor, signal) =>
    call('listSessions', { query: { search: search || undefined, state, phase, sort, cursor }, signal }),
  );
  const selectable = (list.items ?? []).filter((session) => session.phase !== 'ended' && session.phase !== 'ending');
  const selection = useSelection(selectable);
  return (
    <Page title={t('adminSessions.title')} width="wide">
      <Group gap="sm" mb="md">
        <SegmentedControl
          aria-label={t('adminSessions.phase')}
          value={state}
          onChange={(value) => setState(value === 'ended' ? 'ended' : 'open')}
          data={[
            { value: 'open', label: t('adminSessions.state.open') },
            { value: 'ended', label: t('adminSessions.state.ended') },
          ]}
        />
        <div style={{ flex: '1 1 240px', maxWidth: 420 }}>
          <SearchField label={t('adminSessions.search')} value={search} onChange={setSearch} />
        </div>
        {state === 'open' && (
          <NativeSelect
            aria-label={t('adminSessions.phase')}
            value={phase ?? ''}
            onChange={({ currentTarget: { value } }) => setPhase(phases.find((one) => one === value))}
            data={[
              { value: '', label: t('adminSessions.anyPhase') },
              ...phases.filter((one) => one !== 'ended').map((one) => ({ value: one, label: t(`app.phase.${one}`) })),
            ]}
          />
        )}
        <Group gap="sm" ml="auto" mih={36}>
          {selection.chosen.length > 0 && (
            <>
              <Text size="sm" role="status">
                {t('adminSessions.selected', { count: selection.chosen.length })}
              </Text>
              <Button color="red.8" leftSection={<IconPlayerStopFilled size={16} />} onClick={() => setEnding(true)}>
                {t('adminSessions.endSelected')}
              </Button>
            </>
          )}
        </Group>
      </Group>
      {list.error !== null && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.items?.length === 0 ? (
        <Empty
          icon={<IconListSearch size={40} />}
          title={t('adminSessions.empty')}
          text={t('adminSessions.emptyText')}
        />
      ) : (
        list.error === null && (
          <SessionsTable
            sessions={list.items}
            stale={list.stale}
            sort={sort}
            onSort={knownSort(sorts, setSort)}
            selection={selection}
          />
        )
      )}
      <LoadMore list={list} />
      {ending && <EndSessionsDialog sessions={selection.chosen} onClose={() => setEnding(false)} />}
    </Page>
  );
}

interface TableProps {
  sessions: Session[] | undefined;
  stale: boolean;
  sort: Sort;
  onSort: (sort: string) => void;
  selection: ReturnType<typeof useSelection<Session>>;
}

function SessionsTable({ sessions, stale, sort, onSort, selection }: TableProps) {
  const { t } = useTranslation();
  const select: Column<Session> = {
    key: 'select',
    title: (
      <Checkbox
        size="xs"
        aria-label={t('adminSessions.selectAll')}
        checked={selection.all}
        indeterminate={!selection.all && selection.chosen.length > 0}
        onChange={selection.toggleAll}
      />
    ),
    cell: (session) => (
      <Checkbox
        size="xs"
        aria-label={t('adminSessions.select', { owner: session.ownerName })}
        disabled={!selection.selectable(session)}
        checked={selection.has(session)}
        onChange={() => selection.toggle(session)}
      />
    ),
  };
  return (
    <DataTable
      label={t('adminSessions.title')}
      rows={sessions}
      rowKey={({ id }) => id}
      stale={stale}
      sort={sort}
      onSort={onSort}
      columns={[
        select,
        {
          key: 'lab',
          title: t('adminSessions.columns.lab'),
          cell: ({ id, lab }) => (
            <Link to="/sessions/$sessionId" params={{ sessionId: id }} style={{ color: 'inherit', fontWeight: 600 }}>
              {lab.title}
            </Link>
          ),
        },
        { key: 'owner', title: t('adminSessions.columns.owner'), cell: ({ ownerName }) => ownerName },
        {
          key: 'phase',
          title: t('adminSessions.columns.phase'),
          cell: ({ phase, endReason, reason }) => (
            <>
              <PhaseStatus phase={phase} />
              {endReason !== undefined && <Text size="xs">{t(`app.endReason.${endReason}`)}</Text>}
              {phase === 'failed' && reason !== undefined && (
                <Text size="xs" maw={320}>
                  {reason.text}
                </Text>
              )}
            </>
          ),
        },
        {
          key: 'systems',
          title: t('adminSessions.columns.systems'),
          align: 'right',
          cell: ({ systems }) => `${systems.filter((system) => system.state === 'ready').length} / ${systems.length}`,
        },
        {
          key: 'started',
          title: t('adminSessions.columns.started'),
          sort: 'createdAt',
          oneLine: true,
          cell: ({ createdAt }) => formatInstant(createdAt),
        },
        {
          key: 'ends',
          title: t('adminSessions.columns.ends'),
          sort: 'deadlineAt',
          oneLine: true,
          cell: ({ deadlineAt, endedAt }) => formatInstant(endedAt ?? deadlineAt),
        },
      ]}
    />
  );
}
