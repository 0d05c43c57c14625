import { ActionIcon, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatBytes, formatNumber } from '../i18n/format.js';
import { DataTable } from '../ui/data-table.js';
import { Problem } from '../ui/problem.js';
import { EditQuota } from './edit-quota.js';
import { scopeText, type Quota } from './quota-scope.js';

export function Quotas() {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Quota>();
  const query = useQuery({ queryKey: keys.quotas(), queryFn: ({ signal }) => call('listQuotas', { signal }) });
  const shown = (value: number | null, format: (value: number) => string) =>
    value === null ? (
      <Text span size="sm" c="dimmed">
        {t('operation.noLimit')}
      </Text>
    ) : (
      format(value)
    );
  return (
    <section>
      <Title order={2}>{t('operation.quotas')}</Title>
      <Text c="dimmed" size="sm" mb="sm">
        {t('operation.quotasLead')}
      </Text>
      {query.error !== null && <Problem error={query.error} onRetry={() => void query.refetch()} />}
      {query.error === null && (
        <DataTable
          label={t('operation.quotas')}
          rows={query.data?.items}
          rowKey={({ scope }) => scope}
          columns={[
            { key: 'scope', title: t('operation.scope'), cell: ({ scope }) => scopeText(scope, t) },
            {
              key: 'sessions',
              title: t('operation.sessionsLimit'),
              align: 'right',
              cell: ({ sessions }) => shown(sessions, formatNumber),
            },
            {
              key: 'cpus',
              title: t('operation.cpusLimit'),
              align: 'right',
              cell: ({ cpus }) => shown(cpus, formatNumber),
            },
            {
              key: 'memory',
              title: t('operation.memory'),
              align: 'right',
              cell: ({ memoryBytes }) => shown(memoryBytes, formatBytes),
            },
            {
              key: 'edit',
              title: <span className="visually-hidden">{t('app.action.more')}</span>,
              align: 'right',
              cell: (quota) => (
                <ActionIcon
                  size="md"
                  aria-label={t('operation.edit', { scope: scopeText(quota.scope, t) })}
                  onClick={() => setEditing(quota)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
              ),
            },
          ]}
        />
      )}
      {editing && <EditQuota quota={editing} onClose={() => setEditing(undefined)} />}
    </section>
  );
}
