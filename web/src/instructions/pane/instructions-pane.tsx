import { Skeleton, Stack } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.js';
import { Problem } from '../../ui/problem.js';
import { InstructionsProvider } from '../instructions-context.js';
import classes from './instructions-pane.module.css';
import { LabBar } from './lab-bar.js';
import { OutlineNav } from './outline-nav.js';
import { PageTurner } from './page-turner.js';
import { PageView } from './page-view.js';
import { PaneNews, PaneNotes } from './pane-notes.js';
import { usePageKeys } from './use-page-keys.js';
import type { Reader } from './use-reader.js';

/** The instructions as a learner reads them: how far they are, the contents, one page, and the way on. */
export function InstructionsPane({ reader }: { reader: Reader }) {
  const { t } = useTranslation();
  const { query, value, slug } = reader;
  const [contents, setContents] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  usePageKeys(value, slug);
  return (
    <section className={classes.pane} aria-label={t('instructions.label')} data-instructions>
      {value === undefined && query.error !== null && (
        <div className={classes.padded}>
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {value === undefined && query.error === null && <PaneSkeleton />}
      {value !== undefined && slug === undefined && (
        <Empty icon={<IconNotebook size={32} />} title={t('instructions.empty')} text={t('instructions.emptyText')} />
      )}
      {value !== undefined && slug !== undefined && (
        <InstructionsProvider value={value}>
          <LabBar reader={reader} slug={slug} open={contents} onToggle={() => setContents(!contents)} />
          <div className={classes.columns}>
            <OutlineNav slug={slug} open={contents} onChosen={() => setContents(false)} />
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
            <div className={classes.scroller} ref={scroller} tabIndex={-1}>
              <PaneNotes />
              <PageView reader={reader} slug={slug} scroller={scroller} />
            </div>
          </div>
          <PaneNews pending={reader.pending.length} />
          <PageTurner slug={slug} />
        </InstructionsProvider>
      )}
      <p role="status" className="visually-hidden">
        {reader.said}
      </p>
    </section>
  );
}

const PaneSkeleton = () => (
  <Stack gap="md" className={classes.padded} aria-busy="true">
    <Skeleton h={12} />
    <Skeleton h={32} w="60%" mt="md" />
    <Skeleton h={72} />
    <Skeleton h={120} />
    <Skeleton h={72} />
  </Stack>
);
