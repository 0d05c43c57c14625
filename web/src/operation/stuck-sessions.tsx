import { Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatRelative } from '../i18n/format.js';
import { DataTable } from '../ui/data-table.js';
import { Problem } from '../ui/problem.js';
import { ForceRemoval } from './force-removal.js';

/** What does not move, its cause, and what fixes it. */
export function StuckSessions() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.stuck(),
    queryFn: ({ signal }) => call('listStuckSessions', { signal }),
    staleTime: 0,
  });
  return (
    <section>
      <Title order={2} mb="sm">
        {t('operation.stuck')}
      </Title>
      {query.error !== null && <Problem error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && (
        <Group gap="sm" c="var(--lab-ready)" p="md" className="panel">
          <IconCircleCheck size={20} aria-hidden />
          <Text>{t('operation.noStuck')}</Text>
        </Group>
      )}
      {query.error === null && query.data?.items.length !== 0 && (
        <DataTable
          label={t('operation.stuck')}
          rows={query.data?.items}
          rowKey={({ sessionId }) => sessionId}
          columns={[
            {
              key: 'what',
              title: t('operation.what'),
              cell: ({ sessionId, what }) => (
                <Link to="/sessions/$sessionId" params={{ sessionId }}>
                  {what}
                </Link>
              ),
            },
            { key: 'since', title: t('operation.since'), cell: ({ since }) => formatRelative(since) },
            { key: 'cause', title: t('operation.cause'), cell: ({ cause }) => cause },
            { key: 'advice', title: t('operation.advice'), cell: ({ advice }) => advice },
            {
              key: 'force',
              title: '',
              cell: ({ sessionId, canForce }) => canForce && <ForceRemoval sessionId={sessionId} />,
            },
          ]}
        />
      )}
    </section>
  );
}
