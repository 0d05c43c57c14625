import { Button, Group, NativeSelect } from '@mantine/core';
import { IconFileImport, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { QueryFor } from '../api/routes.js';
import { Empty } from '../ui/empty.js';
import { LoadMore } from '../ui/load-more.js';
import { Page } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { SearchField } from '../ui/search-field.js';
import { usePages } from '../ui/use-pages.js';
import { AddPerson } from './add-person.js';
import { ImportPeople } from './import-people.js';
import { PeopleTable } from './people-table.js';
import { roles, type Role } from './roles.js';

export type PeopleSort = NonNullable<QueryFor<'listUsers'>['sort']>;

export function PeoplePage() {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<Role>();
  const [sort, setSort] = useState<PeopleSort>('displayName');
  const [dialog, setDialog] = useState<'add' | 'import'>();
  const list = usePages(keys.users({ search, role, sort }), (cursor, signal) =>
    call('listUsers', { query: { search: search || undefined, role, sort, cursor }, signal }),
  );
  return (
    <Page
      title={t('people.title')}
      width="wide"
      actions={
        <>
          <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => setDialog('import')}>
            {t('people.import')}
          </Button>
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setDialog('add')}>
            {t('people.add')}
          </Button>
        </>
      }
    >
      <Group gap="sm" mb="md">
        <div style={{ flex: '1 1 240px', maxWidth: 420 }}>
          <SearchField label={t('people.search')} value={search} onChange={setSearch} />
        </div>
        <NativeSelect
          aria-label={t('people.columns.role')}
          value={role ?? ''}
          onChange={({ currentTarget: { value } }) => setRole(roles.find((one) => one === value))}
          data={[
            { value: '', label: t('people.anyRole') },
            ...roles.map((one) => ({ value: one, label: t(`app.role.${one}`) })),
          ]}
        />
      </Group>
      {list.error !== null && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.items?.length === 0 ? (
        <Empty icon={<IconUsers size={40} />} title={t('people.empty')} text={t('people.emptyText')} />
      ) : (
        list.error === null && <PeopleTable people={list.items} stale={list.stale} sort={sort} onSort={setSort} />
      )}
      <LoadMore list={list} />
      {dialog === 'add' && <AddPerson onClose={() => setDialog(undefined)} />}
      {dialog === 'import' && <ImportPeople onClose={() => setDialog(undefined)} />}
    </Page>
  );
}
