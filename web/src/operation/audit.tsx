import { Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatInstant } from '../i18n/format.js';
import { DataTable } from '../ui/data-table.js';
import { LoadMore } from '../ui/load-more.js';
import { Problem } from '../ui/problem.js';
import { SearchField } from '../ui/search-field.js';
import { Status, type Tone } from '../ui/status.js';
import { usePages } from '../ui/use-pages.js';

const outcomes: Record<'ok' | 'refused' | 'failed', { tone: Tone; icon: Icon }> = {
  ok: { tone: 'ready', icon: IconCheck },
  refused: { tone: 'warn', icon: IconBan },
  failed: { tone: 'bad', icon: IconAlertTriangle },
};

export function Audit() {
  const { t } = useTranslation();
  const [action, setAction] = useState('');
  const list = usePages(keys.audit({ action }), (cursor, signal) =>
    call('listAudit', { query: { action: action || undefined, limit: 25, cursor }, signal }),
  );
  return (
    <section>
      <Title order={2} mb="sm">
        {t('operation.audit')}
      </Title>
      <div style={{ maxWidth: 320, marginBottom: 12 }}>
        <SearchField label={t('operation.actionFilter')} value={action} onChange={setAction} />
      </div>
      {list.error !== null && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.items?.length === 0 && <Text c="dimmed">{t('operation.noAudit')}</Text>}
      {list.error === null && list.items?.length !== 0 && (
        <DataTable
          label={t('operation.audit')}
          rows={list.items}
          rowKey={({ id }) => id}
          stale={list.stale}
          columns={[
            { key: 'at', title: t('operation.when'), oneLine: true, cell: ({ at }) => formatInstant(at) },
            { key: 'who', title: t('operation.who'), cell: ({ actorName }) => actorName ?? t('operation.system') },
            { key: 'action', title: t('operation.action'), cell: (entry) => <code>{entry.action}</code> },
            { key: 'target', title: t('operation.target'), cell: ({ target }) => target && <code>{target}</code> },
            {
              key: 'outcome',
              title: t('operation.outcome'),
              cell: ({ outcome }) => <Status {...outcomes[outcome]} word={t(`operation.outcomes.${outcome}`)} />,
            },
            { key: 'address', title: t('operation.address'), cell: ({ address }) => address },
          ]}
        />
      )}
      <LoadMore list={list} />
    </section>
  );
}
