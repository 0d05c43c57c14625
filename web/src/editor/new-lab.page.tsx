import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { useMe } from '../auth/use-me.js';
import { Page } from '../ui/page.js';
import { LabEditor } from './lab-editor.js';
import { patched } from './model/changes.js';
import { forgetWork, recallWork, workKey } from './model/kept-work.js';
import { opened } from './model/lab-editing.js';
import type { LabFiles } from './model/lab-files.js';
import { newLab } from './model/new-lab.js';
import { NewLabDialog } from './new-lab-dialog.js';
import { RestoreWork } from './restore-work.js';

const nothing: LabFiles = new Map();

/** Begins a lab, or goes on with one that was begun here and never saved. */
export function NewLabPage() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const key = workKey(me.id, undefined);
  const kept = useQuery({
    queryKey: keys.labSources('new'),
    queryFn: async () => (await recallWork(key)) ?? null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const [dropped, setDropped] = useState(false);
  const [begun, setBegun] = useState<LabFiles>();
  if (begun !== undefined)
    return (
      <LabEditor
        start={opened(undefined, nothing, begun)}
        own
        keptAs={key}
        onSaved={({ lab }) =>
          void navigate({ to: '/labs/$labId/edit', params: { labId: lab.id }, replace: true, ignoreBlocker: true })
        }
      />
    );
  const work = kept.data;
  if (work != null && !dropped)
    return (
      <RestoreWork
        title={t('editor.unnamed')}
        work={work}
        newest={undefined}
        onTake={() => setBegun(patched(nothing, work.patch))}
        onDrop={() => void forgetWork(key).then(() => setDropped(true))}
      />
    );
  return (
    <Page title={t('editor.new')}>
      <Skeleton h={360} aria-hidden />
      {kept.isFetched && (
        <NewLabDialog onBegin={(wish) => setBegun(newLab(wish))} onClose={() => void navigate({ to: '/authoring' })} />
      )}
    </Page>
  );
}
