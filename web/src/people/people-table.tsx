import type { User } from '@lab-orchestrator/contracts';
import { IconBan, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.js';
import { DataTable, knownSort } from '../ui/data-table.js';
import { Status } from '../ui/status.js';
import type { PeopleSort } from './people.page.js';
import { PersonMenu } from './person-menu.js';

interface Props {
  people: User[] | undefined;
  stale: boolean;
  sort: PeopleSort;
  onSort: (sort: PeopleSort) => void;
}

const sorts: readonly PeopleSort[] = [
  'username',
  '-username',
  'displayName',
  '-displayName',
  'createdAt',
  '-createdAt',
  'lastLoginAt',
  '-lastLoginAt',
];

export function PeopleTable({ people, stale, sort, onSort }: Props) {
  const { t } = useTranslation();
  return (
    <DataTable
      label={t('people.title')}
      rows={people}
      rowKey={({ id }) => id}
      stale={stale}
      sort={sort}
      onSort={knownSort(sorts, onSort)}
      columns={[
        {
          key: 'name',
          title: t('people.columns.displayName'),
          sort: 'displayName',
          cell: ({ displayName }) => displayName,
        },
        {
          key: 'username',
          title: t('people.columns.username'),
          sort: 'username',
          cell: ({ username }) => <code>{username}</code>,
        },
        { key: 'role', title: t('people.columns.role'), cell: ({ role }) => t(`app.role.${role}`) },
        {
          key: 'state',
          title: t('people.columns.state'),
          cell: ({ disabled }) =>
            disabled ? (
              <Status tone="warn" icon={IconBan} word={t('people.disabled')} />
            ) : (
              <Status tone="ready" icon={IconCircleCheck} word={t('people.active')} />
            ),
        },
        {
          key: 'lastLogin',
          title: t('people.columns.lastLoginAt'),
          sort: 'lastLoginAt',
          oneLine: true,
          cell: ({ lastLoginAt }) => (lastLoginAt === undefined ? t('people.never') : formatInstant(lastLoginAt)),
        },
        {
          key: 'added',
          title: t('people.columns.createdAt'),
          sort: 'createdAt',
          oneLine: true,
          cell: ({ createdAt }) => formatInstant(createdAt),
        },
        {
          key: 'menu',
          title: <span className="visually-hidden">{t('app.action.more')}</span>,
          align: 'right',
          cell: (person) => <PersonMenu person={person} />,
        },
      ]}
    />
  );
}
