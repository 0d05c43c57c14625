import type { Lab } from '@lab-orchestrator/contracts';
import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { useMe } from '../auth/use-me.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { LabEditor } from './lab-editor.js';
import { patched } from './model/changes.js';
import { forgetWork, type KeptWork, recallWork, workKey } from './model/kept-work.js';
import { opened } from './model/lab-editing.js';
import { fetchSources, type LabSources } from './model/lab-sources.js';
import { RestoreWork } from './restore-work.js';

const route = getRouteApi('/inside/labs/$labId/edit');

interface OpenedLab {
  lab: Lab;
  newest: LabSources;
  /** With the version it was begun with. */
  kept: { work: KeptWork; from: LabSources } | undefined;
}

/** Edits the newest version of a lab. */
export function EditLabPage() {
  const { labId } = route.useParams();
  const { t } = useTranslation();
  const me = useMe();
  const key = workKey(me.id, labId);
  // What is open stays as it was opened, whatever happens to the lab meanwhile.
  const query = useQuery({
    queryKey: keys.labSources(labId),
    queryFn: ({ signal }) => openLab(labId, key, signal),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (query.data !== undefined) return <OpenLab key={labId} opened={query.data} keptAs={key} />;
  return (
    <Page title={query.error === null ? t('editor.title') : ''}>
      <QueryView query={query} skeleton={<Skeleton h={360} aria-label={t('editor.loading')} />} addressed>
        {() => null}
      </QueryView>
    </Page>
  );
}

async function openLab(labId: string, key: string, signal: AbortSignal): Promise<OpenedLab> {
  const lab = await call('getLab', { params: { labId }, signal });
  const [newest, work] = await Promise.all([fetchSources(lab, lab.version, signal), recallWork(key)]);
  const begun = work?.from?.version;
  if (work === undefined || begun === undefined) return { lab, newest, kept: undefined };
  const from = begun === lab.version ? newest : await fetchSources(lab, begun, signal);
  return { lab, newest, kept: { work, from } };
}

function OpenLab({ opened: { lab, newest, kept }, keptAs }: { opened: OpenedLab; keptAs: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [choice, setChoice] = useState<'kept' | 'newest' | undefined>(kept === undefined ? 'newest' : undefined);
  if (choice === undefined && kept !== undefined)
    return (
      <RestoreWork
        title={lab.title}
        work={kept.work}
        newest={lab.version}
        onTake={() => setChoice('kept')}
        onDrop={() => void forgetWork(keptAs).then(() => setChoice('newest'))}
      />
    );
  const { version, files } = choice === 'kept' && kept !== undefined ? kept.from : newest;
  const work = choice === 'kept' && kept !== undefined ? patched(files, kept.work.patch) : files;
  return (
    <LabEditor
      start={opened(version, files, work)}
      named={lab.title}
      own={lab.ownerId === me.id}
      keptAs={keptAs}
      onSaved={(saved) => {
        void client.invalidateQueries({ queryKey: keys.lab(lab.id) });
        // Another id, or another owner: the save made another lab.
        if (saved.lab.id !== lab.id)
          void navigate({
            to: '/labs/$labId/edit',
            params: { labId: saved.lab.id },
            replace: true,
            ignoreBlocker: true,
          });
      }}
    />
  );
}
