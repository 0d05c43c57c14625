import { Button, Group, Switch } from '@mantine/core';
import { IconBooks, IconPencilPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import type { QueryFor } from '../api/routes.js';
import { useMe } from '../auth/use-me.js';
import { Empty } from '../ui/empty.js';
import { LinkButton } from '../ui/link-button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { SearchField } from '../ui/search-field.js';
import { usePages } from '../ui/use-pages.js';
import { ImportLab } from './import-lab.js';
import { LabsTable } from './labs-table.js';

export type LabSort = NonNullable<QueryFor<'listLabs'>['sort']>;

/** The labs of a lecturer: import, versions, visibility, archive. */
export function AuthoringPage() {
  const { t } = useTranslation();
  const { isAdmin } = useMe();
  const [search, setSearch] = useState('');
  const [archived, setArchived] = useState(false);
  const [mine, setMine] = useState(!isAdmin);
  const [sort, setSort] = useState<LabSort>('-updatedAt');
  const [importing, setImporting] = useState(false);
  const filter = {
    search: search || undefined,
    sort,
    mine: mine ? ('true' as const) : undefined,
    archived: archived ? ('true' as const) : undefined,
  };
  const list = usePages(keys.labs({ ...filter, authoring: true }), (cursor, signal) =>
    call('listLabs', { query: { ...filter, cursor }, signal }),
  );
  const newButton = (
    <LinkButton to="/labs/new" leftSection={<IconPencilPlus size={16} />}>
      {t('editor.new')}
    </LinkButton>
  );
  const importButton = (
    <Button variant="default" leftSection={<IconUpload size={16} />} onClick={() => setImporting(true)}>
      {t('authoring.add')}
    </Button>
  );
  return (
    <Page
      title={t('app.nav.authoring')}
      lead={t('authoring.lead')}
      width="wide"
      actions={
        <>
          {importButton}
          {newButton}
        </>
      }
    >
      <Group gap="md" mb="md">
        <div style={{ flex: '1 1 240px', maxWidth: 420 }}>
          <SearchField label={t('catalog.search')} value={search} onChange={setSearch} />
        </div>
        {isAdmin && (
          <Switch
            label={t('authoring.onlyMine')}
            checked={mine}
            onChange={({ currentTarget }) => setMine(currentTarget.checked)}
          />
        )}
        <Switch
          label={t('authoring.showArchived')}
          checked={archived}
          onChange={({ currentTarget }) => setArchived(currentTarget.checked)}
        />
      </Group>
      {list.error !== null && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.items?.length === 0 ? (
        <Empty icon={<IconBooks size={40} />} title={t('authoring.empty')} text={t('authoring.emptyText')}>
          <Group gap="sm" justify="center">
            {newButton}
            {importButton}
          </Group>
        </Empty>
      ) : (
        list.error === null && <LabsTable labs={list.items} stale={list.stale} sort={sort} onSort={setSort} />
      )}
      <LoadMore list={list} />
      {importing && <ImportLab onClose={() => setImporting(false)} />}
    </Page>
  );
}
