import type { Session } from '@lab-orchestrator/contracts';
import { Button, Skeleton, Text, Title } from '@mantine/core';
import { useIsFetching, useQueries, useQuery } from '@tanstack/react-query';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/page.js';
import { Problem } from '../ui/problem.js';
import { QueryView } from '../ui/query-view.js';
import { sessionQuery } from '../workspace/session-query.js';
import { InstructionsProvider, type InstructionsValue } from './instructions-context.js';
import { instructionsValue } from './instructions-value.js';
import classes from './print.module.css';
import type { ConsoleActions } from './model/console-actions.js';
import { instructionsQuery } from './model/instruction-queries.js';
import { instructionPageQuery } from './model/page-query.js';
import { PageArticle } from './pane/page-view.js';
import { useReadingLanguage } from './pane/use-reader.js';

const route = getRouteApi('/inside/sessions/$sessionId/print');
const nobody = () => Promise.resolve('noWorkspace' as const);
const noConsoles: ConsoleActions = { show: nobody, type: nobody, give: nobody };

/** All pages one after the other, as they go to paper. */
export function PrintPage() {
  const { sessionId } = route.useParams();
  const query = useQuery(sessionQuery(sessionId));
  return (
    <QueryView query={query} skeleton={<Skeleton h={400} m="xl" />} addressed>
      {(session) => <Printed session={session} />}
    </QueryView>
  );
}

function Printed({ session }: { session: Session }) {
  const { t } = useTranslation();
  useDocumentTitle(session.lab.title);
  const { language } = useReadingLanguage(session.lab.id);
  const overview = useQuery(instructionsQuery(session.id, language));
  const instructions = overview.data;
  const pages = useQueries({
    queries: (instructions?.pages ?? []).map(({ slug }) => instructionPageQuery(session.id, slug, language)),
  });
  const value = useMemo((): InstructionsValue | undefined => {
    if (instructions === undefined) return undefined;
    return instructionsValue({
      session,
      instructions,
      language,
      canAct: false,
      printed: true,
      consoles: noConsoles,
      go: () => undefined,
      tick: () => undefined,
      announce: () => undefined,
    });
  }, [session, instructions, language]);
  const error = overview.error ?? pages.find((page) => page.error !== null)?.error;
  // Pictures, diagrams and colours of code are part of the paper, too.
  const loading = useIsFetching() > 0;
  const ready = value !== undefined && pages.every(({ data }) => data !== undefined);
  return (
    <div className={classes.print} data-printed>
      <header className={classes.printHead}>
        <Text>{t('instructions.printing')}</Text>
        <Button leftSection={<IconPrinter size={16} />} disabled={!ready || loading} onClick={() => print()}>
          {t('instructions.print')}
        </Button>
      </header>
      <Title order={1}>{session.lab.title}</Title>
      {error != null && <Problem error={error} onRetry={() => location.reload()} />}
      {!ready && error == null && <Skeleton h={400} />}
      {ready && (
        <InstructionsProvider value={value}>
          {pages.map(({ data }) => data && <PageArticle key={data.page.slug} page={data.page} asked={language} />)}
        </InstructionsProvider>
      )}
    </div>
  );
}
