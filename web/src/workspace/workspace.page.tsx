import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { sessionQuery } from './session-query.js';
import { Workspace } from './workspace.js';
import classes from './workspace.module.css';

const route = getRouteApi('/inside/sessions/$sessionId');

export function WorkspacePage() {
  const { sessionId } = route.useParams();
  const query = useQuery(sessionQuery(sessionId));
  if (query.data === undefined && query.error !== null) {
    return (
      <Page title="" width="narrow">
        <QueryView query={query} skeleton={null} addressed>
          {() => null}
        </QueryView>
      </Page>
    );
  }
  return (
    <QueryView query={query} skeleton={<WorkspaceSkeleton />}>
      {(session) => <Workspace key={session.id} session={session} />}
    </QueryView>
  );
}

function WorkspaceSkeleton() {
  return (
    <Stack gap={0} className={classes.workspace}>
      <Skeleton h={52} radius={0} />
      <Skeleton flex={1} radius={0} mt={1} />
    </Stack>
  );
}
