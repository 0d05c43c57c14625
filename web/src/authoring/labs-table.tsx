import type { Lab } from '@lab-orchestrator/contracts';
import { ActionIcon, Group, NativeSelect, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArchive, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { containsText } from '../catalog/contains.js';
import { formatInstant } from '../i18n/format.js';
import { DataTable, knownSort } from '../ui/data-table.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { Status } from '../ui/status.js';
import type { LabSort } from './authoring.page.js';
import { LabMenu } from './lab-menu.js';
import { updateLab } from './update-lab.js';

interface Props {
  labs: Lab[] | undefined;
  stale: boolean;
  sort: LabSort;
  onSort: (sort: LabSort) => void;
}

const visibilities = ['private', 'course', 'public'] as const;
const sorts: readonly LabSort[] = ['title', '-title', 'updatedAt', '-updatedAt'];

export function LabsTable({ labs, stale, sort, onSort }: Props) {
  const { t } = useTranslation();
  return (
    <DataTable
      label={t('authoring.title')}
      rows={labs}
      rowKey={({ id }) => id}
      stale={stale}
      sort={sort}
      onSort={knownSort(sorts, onSort)}
      columns={[
        {
          key: 'title',
          title: t('authoring.columns.title'),
          sort: 'title',
          cell: (lab) => (
            <>
              <Link to="/labs/$labId" params={{ labId: lab.id }} style={{ color: 'inherit', fontWeight: 600 }}>
                {lab.title}
              </Link>
              <Text size="xs" c="dimmed">
                <code>{lab.slug}</code>
              </Text>
              {lab.archived && <Status tone="quiet" icon={IconArchive} word={t('authoring.archived')} />}
            </>
          ),
        },
        { key: 'contains', title: t('authoring.columns.contains'), cell: (lab) => containsText(lab, t) },
        { key: 'version', title: t('authoring.columns.version'), align: 'right', cell: ({ version }) => version },
        {
          key: 'visibility',
          title: t('authoring.columns.visibility'),
          cell: (lab) => <Visibility lab={lab} />,
        },
        {
          key: 'changed',
          title: t('authoring.columns.changed'),
          sort: 'updatedAt',
          oneLine: true,
          cell: ({ updatedAt }) => formatInstant(updatedAt),
        },
        {
          key: 'menu',
          title: <span className="visually-hidden">{t('app.action.more')}</span>,
          align: 'right',
          oneLine: true,
          cell: (lab) => (
            <Group gap={4} wrap="nowrap" justify="flex-end">
              <EditLink lab={lab} />
              <LabMenu lab={lab} />
            </Group>
          ),
        },
      ]}
    />
  );
}

function EditLink({ lab: { id, title } }: { lab: Lab }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('editor.edit')}>
      <ActionIcon size="md" component={Link} to={`/labs/${id}/edit`} aria-label={t('editor.editNamed', { title })}>
        <IconPencil size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

function Visibility({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (visibility: Lab['visibility']) => updateLab(lab, { visibility }),
    onSuccess: () => {
      notifyDone(t('app.saved'));
      return client.invalidateQueries({ queryKey: keys.labs() });
    },
    onError: notifyError,
  });
  return (
    <NativeSelect
      size="xs"
      aria-label={`${t('authoring.columns.visibility')}: ${lab.title}`}
      value={change.isPending ? change.variables : lab.visibility}
      onChange={({ currentTarget: { value } }) => {
        const wanted = visibilities.find((one) => one === value);
        if (wanted !== undefined) change.mutate(wanted);
      }}
      data={visibilities.map((value) => ({ value, label: t(`authoring.visibility.${value}`) }))}
    />
  );
}
