import { Group, NativeSelect, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { labLevels } from 'virtual:contract';
import { IconBooks, IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { useMe } from '../auth/use-me.js';
import { Empty } from '../ui/empty.js';
import { LoadMore } from '../ui/load-more.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { SearchField } from '../ui/search-field.js';
import { usePages } from '../ui/use-pages.js';
import { FirstSteps } from './first-steps.js';
import { LabCard } from './lab-card.js';
import { OpenSessions } from './open-sessions.js';
import { TagButton } from './tag-button.js';

type Level = (typeof labLevels)[number];
interface Filter {
  search: string;
  level: Level | undefined;
  tag: string | undefined;
}

export function CatalogPage() {
  const { t } = useTranslation();
  const { isStaff } = useMe();
  const [filter, setFilter] = useState<Filter>({ search: '', level: undefined, tag: undefined });
  const labs = usePages(keys.labs({ ...filter, catalog: true }), (cursor, signal) =>
    call('listLabs', { query: { ...filter, search: filter.search || undefined, cursor }, signal }),
  );
  const filtered = filter.search !== '' || filter.level !== undefined || filter.tag !== undefined;
  return (
    <Page title={t('catalog.title')}>
      <OpenSessions />
      <Filters filter={filter} onChange={setFilter} />
      <QueryView query={{ ...labs, data: labs.items }} skeleton={<CardSkeletons />}>
        {(items) => (
          <>
            {items.length === 0 && filtered && (
              <Empty icon={<IconSearchOff size={40} />} title={t('catalog.none')} text={t('catalog.noneHint')} />
            )}
            {items.length === 0 && !filtered && isStaff && <FirstSteps />}
            {items.length === 0 && !filtered && !isStaff && (
              <Empty icon={<IconBooks size={40} />} title={t('catalog.empty')} text={t('catalog.emptyLearner')} />
            )}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
              {items.map((lab) => (
                <LabCard key={lab.id} lab={lab} onTag={(tag) => setFilter({ ...filter, tag })} />
              ))}
            </SimpleGrid>
            <LoadMore list={labs} />
          </>
        )}
      </QueryView>
      <Text role="status" className="visually-hidden">
        {labs.items !== undefined && t('catalog.count', { count: labs.items.length })}
      </Text>
    </Page>
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" mb="lg" align="center">
      <div style={{ flex: '1 1 240px', maxWidth: 420 }}>
        <SearchField
          label={t('catalog.search')}
          value={filter.search}
          onChange={(search) => onChange({ ...filter, search })}
        />
      </div>
      <NativeSelect
        aria-label={t('catalog.level')}
        value={filter.level ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...filter, level: labLevels.find((level) => level === value) })
        }
        data={[
          { value: '', label: t('catalog.anyLevel') },
          ...labLevels.map((level) => ({ value: level, label: t(`app.level.${level}`) })),
        ]}
      />
      {filter.tag !== undefined && (
        <ActiveTag tag={filter.tag} onRemove={() => onChange({ ...filter, tag: undefined })} />
      )}
    </Group>
  );
}

function ActiveTag({ tag, onRemove }: { tag: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('catalog.tags')}
      </Text>
      <TagButton tag={tag} onClick={onRemove} active />
    </Group>
  );
}

function CardSkeletons() {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
      {[0, 1, 2].map((key) => (
        <Skeleton key={key} h={232} radius="md" />
      ))}
    </SimpleGrid>
  );
}
