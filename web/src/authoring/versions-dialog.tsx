import type { Lab } from '@lab-orchestrator/contracts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatInstant } from '../i18n/format.js';
import { DataTable } from '../ui/data-table.js';
import { Dialog } from '../ui/dialog.js';
import { notifyError } from '../ui/notify.js';
import { Problem } from '../ui/problem.js';
import { exportLab } from './export-lab.js';

/** Every version of a lab, where it came from and how many sessions run it. */
export function VersionsDialog({ lab, onClose }: { lab: Lab; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.labVersions(lab.id),
    queryFn: ({ signal }) => call('listLabVersions', { params: { labId: lab.id }, signal }),
  });
  return (
    <Dialog title={`${lab.title}: ${t('authoring.versions')}`} onClose={onClose} size="xl">
      {query.error !== null && <Problem error={query.error} onRetry={() => void query.refetch()} />}
      {query.error === null && (
        <DataTable
          label={t('authoring.versions')}
          rows={query.data?.items}
          rowKey={({ version }) => String(version)}
          columns={[
            { key: 'version', title: t('authoring.columns.version'), align: 'right', cell: ({ version }) => version },
            { key: 'created', title: t('authoring.created'), cell: ({ createdAt }) => formatInstant(createdAt) },
            { key: 'source', title: t('authoring.source'), cell: ({ source }) => source },
            {
              key: 'digest',
              title: t('authoring.digest'),
              cell: ({ digest }) => <code title={digest}>{digest.replace('sha256:', '').slice(0, 12)}</code>,
            },
            {
              key: 'export',
              title: <span className="visually-hidden">{t('editor.export')}</span>,
              cell: ({ version }) => (
                <Tooltip label={t('editor.export')}>
                  <ActionIcon
                    size="md"
                    aria-label={`${t('editor.export')}: ${t('catalog.detail.version', { version })}`}
                    onClick={() => void exportLab(lab, version).catch(notifyError)}
                  >
                    <IconDownload size={16} />
                  </ActionIcon>
                </Tooltip>
              ),
            },
            {
              key: 'open',
              title: '',
              cell: ({ openSessions }) =>
                openSessions === undefined || openSessions === 0
                  ? ''
                  : t('authoring.openSessions', { count: openSessions }),
            },
          ]}
        />
      )}
    </Dialog>
  );
}
