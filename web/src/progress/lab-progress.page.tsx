import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconDownload, IconSchool } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, download } from '../api/call.js';
import { isMissing } from '../api/api-error.js';
import { keys } from '../api/keys.js';
import { Empty } from '../ui/empty.js';
import { LoadMore } from '../ui/load-more.js';
import { NothingHere } from '../ui/nothing-here.js';
import { notifyError } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { saveFile } from '../ui/save-file.js';
import { SearchField } from '../ui/search-field.js';
import { usePages } from '../ui/use-pages.js';
import { labQuery } from '../workspace/session-query.js';
import { ClassTable } from './class-table.js';
import { matching, sortRows } from './class-rows.js';
import { LearnerDialog } from './learner-dialog.js';
import classes from './progress.module.css';

const route = getRouteApi('/inside/labs/$labId/progress');
type Which = 'all' | 'open' | 'ended';
const whiches: readonly Which[] = ['all', 'open', 'ended'];

/** Who has done which step of a lab; it moves by itself. */
export function LabProgressPage() {
  const { t } = useTranslation();
  const { labId } = route.useParams();
  const lab = useQuery(labQuery(labId));
  const [which, setWhich] = useState<Which>('all');
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState('name');
  const [chosen, setChosen] = useState<{ sessionId: string; userId: string }>();
  const filter = { labId, ...(which !== 'all' && { state: which }) };
  const list = usePages(keys.progress(filter), (cursor, signal) =>
    call('listProgress', { query: { ...filter, steps: true, ...(cursor !== undefined && { cursor }) }, signal }),
  );
  const rows = list.items;
  const shown = rows && sortRows(matching(rows, search), sort);
  const open = rows?.find(({ sessionId, userId }) => sessionId === chosen?.sessionId && userId === chosen.userId);
  const save = useMutation({
    mutationFn: () => download('exportProgress', { query: filter }),
    onSuccess: (blob) => saveFile(blob, `${lab.data?.slug ?? 'progress'}.csv`),
    onError: notifyError,
  });
  if (lab.data === undefined && isMissing(lab.error))
    return (
      <Page title="">
        <NothingHere />
      </Page>
    );
  return (
    <Page
      title={t('classProgress.title', { lab: lab.data?.title ?? '' })}
      lead={t('classProgress.lead')}
      width="wide"
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('classProgress.download')}
        </Button>
      }
    >
      <div className={classes.filters}>
        <SearchField value={search} onChange={setSearch} label={t('classProgress.search')} />
        <SegmentedControl
          aria-label={t('classProgress.state')}
          value={which}
          onChange={(value) => setWhich(whiches.find((one) => one === value) ?? 'all')}
          data={whiches.map((value) => ({ value, label: t(`classProgress.which.${value}`) }))}
        />
      </div>
      {list.error !== null && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {shown === undefined && list.error === null && <Skeleton h={320} />}
      {rows?.length === 0 && (
        <Empty icon={<IconSchool size={32} />} title={t('classProgress.empty')} text={t('classProgress.emptyText')} />
      )}
      {rows !== undefined && rows.length > 0 && shown?.length === 0 && (
        <Text c="dimmed">{t('classProgress.noMatch')}</Text>
      )}
      {shown !== undefined && shown.length > 0 && (
        <ClassTable
          rows={shown}
          stale={list.stale}
          sort={sort}
          onSort={setSort}
          onOpen={({ sessionId, userId }) => setChosen({ sessionId, userId })}
        />
      )}
      <LoadMore list={list} />
      {open !== undefined && <LearnerDialog line={open} onClose={() => setChosen(undefined)} />}
    </Page>
  );
}
