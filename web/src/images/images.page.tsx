import { Button, Group, NativeSelect } from '@mantine/core';
import { IconDisc, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Empty } from '../ui/empty.js';
import { LoadMore } from '../ui/load-more.js';
import { Page } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { SearchField } from '../ui/search-field.js';
import { usePages } from '../ui/use-pages.js';
import { AddImage } from './add-image.js';
import { ImagesTable } from './images-table.js';

const states = ['absent', 'importing', 'ready', 'failed'] as const;
const kinds = ['container', 'disk'] as const;

export function ImagesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [state, setState] = useState<(typeof states)[number]>();
  const [kind, setKind] = useState<(typeof kinds)[number]>();
  const [adding, setAdding] = useState(false);
  const list = usePages(keys.images({ search, state, kind }), (cursor, signal) =>
    call('listImages', { query: { search: search || undefined, state, kind, cursor }, signal }),
  );
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('images.add')}
    </Button>
  );
  return (
    <Page title={t('images.title')} lead={t('images.lead')} width="wide" actions={add}>
      <Group gap="sm" mb="md">
        <div style={{ flex: '1 1 240px', maxWidth: 420 }}>
          <SearchField label={t('app.action.search')} value={search} onChange={setSearch} />
        </div>
        <NativeSelect
          aria-label={t('images.columns.kind')}
          value={kind ?? ''}
          onChange={({ currentTarget: { value } }) => setKind(kinds.find((one) => one === value))}
          data={[
            { value: '', label: t('images.anyKind') },
            ...kinds.map((one) => ({ value: one, label: t(`images.kind.${one}`) })),
          ]}
        />
        <NativeSelect
          aria-label={t('images.columns.state')}
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) => setState(states.find((one) => one === value))}
          data={[
            { value: '', label: t('images.anyState') },
            ...states.map((one) => ({ value: one, label: t(`images.state.${one}`) })),
          ]}
        />
      </Group>
      {list.error !== null && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.items?.length === 0 ? (
        <Empty icon={<IconDisc size={40} />} title={t('images.empty')} text={t('images.emptyText')}>
          {add}
        </Empty>
      ) : (
        list.error === null && <ImagesTable images={list.items} stale={list.stale} />
      )}
      <LoadMore list={list} />
      {adding && <AddImage onClose={() => setAdding(false)} />}
    </Page>
  );
}
