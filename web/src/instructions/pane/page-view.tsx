import type { InstructionPage } from '@lab-orchestrator/contracts';
import { Progress, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../i18n/format.js';
import { QueryView } from '../../ui/query-view.js';
import { anchorId, useInstructions } from '../instructions-context.js';
import classes from './page-view.module.css';
import { Note } from './note.js';
import { instructionPageQuery } from '../model/page-query.js';
import { neighbours, percentOf } from '../model/progress.js';
import { Blocks } from '../parts/blocks.js';
import { focusOn } from '../parts/focus-on.js';
import { Footnotes } from '../parts/footnotes.js';
import { languageName } from './language-name.js';
import type { Reader } from './use-reader.js';

interface Props {
  reader: Reader;
  slug: string;
  scroller: RefObject<HTMLDivElement | null>;
}

/** One page. Coming from another one, reading begins at its title, or at what was asked for. */
export function PageView({ reader, slug, scroller }: Props) {
  const { session, outline } = useInstructions();
  const query = useQuery(instructionPageQuery(session.id, slug, reader.language));
  const heading = useRef<HTMLHeadingElement>(null);
  // The next page is there before it is asked for, also when the network is not.
  const next = neighbours(outline, slug).next?.slug;
  useQuery({ ...instructionPageQuery(session.id, next ?? slug, reader.language), enabled: next !== undefined });
  const shown = query.data?.page.slug;
  const { visit, anchor } = reader;
  useEffect(() => {
    if (visit === 0 || shown !== slug) return;
    if (anchor !== undefined && focusOn(anchorId(anchor))) return;
    scroller.current?.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [visit, anchor, slug, shown, scroller]);
  return (
    <div className={query.data === undefined && query.error !== null ? classes.failure : undefined}>
      <QueryView query={query} skeleton={<PageSkeleton />}>
        {({ page }) => <PageArticle page={page} asked={reader.language} heading={heading} />}
      </QueryView>
    </div>
  );
}

interface ArticleProps {
  page: InstructionPage;
  /** The language that was asked for. */
  asked: string;
  heading?: RefObject<HTMLHeadingElement | null>;
}

export function PageArticle({ page, asked, heading }: ArticleProps) {
  const { t } = useTranslation();
  const { outline, instructions } = useInstructions();
  const bar = outline.pages.find(({ slug }) => slug === page.slug)?.bar;
  const foreign = page.language !== asked && instructions.languages.includes(asked);
  return (
    <article className={classes.page} data-page lang={page.language}>
      <Title order={2} size="h1" tabIndex={-1} ref={heading}>
        {page.title}
      </Title>
      {(page.durationS !== undefined || (bar !== undefined && bar.steps > 0)) && (
        <div className={classes.pageMeta}>
          {page.durationS !== undefined && (
            <span>{t('instructions.duration', { duration: formatDuration(page.durationS) })}</span>
          )}
          {bar !== undefined && bar.steps > 0 && (
            <>
              <span>{t('instructions.pageProgress', { done: bar.done, steps: bar.steps })}</span>
              <Progress value={percentOf(bar)} size={4} aria-hidden className={classes.pageBar} />
            </>
          )}
        </div>
      )}
      {foreign && <Note>{t('instructions.untranslated', { language: languageName(page.language) })}</Note>}
      <Blocks nodes={page.nodes} />
      <Footnotes footnotes={page.footnotes} />
    </article>
  );
}

const PageSkeleton = () => (
  <Stack gap="md" className={classes.page}>
    <Skeleton h={32} w="60%" />
    <Skeleton h={72} />
    <Skeleton h={120} />
    <Skeleton h={72} />
  </Stack>
);
