import type { Diagnostic } from '@lab-orchestrator/contracts';
import { Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../ui/data-table.js';
import { Status } from '../ui/status.js';

const placeOf = ({ file, line, column }: Diagnostic) =>
  [file, line, column].filter((part) => part !== undefined).join(':');

/** Findings about a lab folder, each at its file, line and column. */
export function Diagnostics({ items }: { items: Diagnostic[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  const errors = items.filter(({ severity }) => severity === 'error').length;
  const warnings = items.length - errors;
  return (
    <div>
      <Text fw={600} mb="xs">
        {[
          errors > 0 && t('authoring.import.problems', { count: errors }),
          warnings > 0 && t('authoring.import.warnings', { count: warnings }),
        ]
          .filter((part) => part !== false)
          .join(', ')}
      </Text>
      <DataTable
        label={t('authoring.import.message')}
        rows={items}
        rowKey={(item) => `${placeOf(item)} ${item.path} ${item.message}`}
        columns={[
          {
            key: 'severity',
            title: <span className="visually-hidden">{t('authoring.import.error')}</span>,
            cell: ({ severity }) =>
              severity === 'error' ? (
                <Status tone="bad" icon={IconAlertTriangle} word={t('authoring.import.error')} />
              ) : (
                <Status tone="warn" icon={IconInfoCircle} word={t('authoring.import.warning')} />
              ),
          },
          { key: 'place', title: t('authoring.import.place'), cell: (item) => <code>{placeOf(item)}</code> },
          { key: 'message', title: t('authoring.import.message'), cell: ({ message }) => message },
        ]}
      />
    </div>
  );
}
