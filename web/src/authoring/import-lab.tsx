import { Tabs } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBrandGit, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { useIntention } from '../api/use-intention.js';
import { Dialog } from '../ui/dialog.js';
import { isToldAtFields } from './git-errors.js';
import { ImportFromFiles } from './import-from-files.js';
import { ImportFromGit } from './import-from-git.js';
import { ImportOutcome } from './import-outcome.js';
import { checkLab, importLab, type LabSource, type Progress } from './import-source.js';

/** Imports a version of a lab, or only checks it; findings are shown at their place in the files. */
export function ImportLab({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const intention = useIntention();
  const [progress, setProgress] = useState<Progress>();
  const run = useMutation({
    mutationFn: ({ source, only }: { source: LabSource; only: 'check' | undefined }) =>
      only === 'check' ? checkLab(source, setProgress) : importLab(source, intention.key(idOf(source)), setProgress),
    retry: false,
    onSettled: () => {
      setProgress(undefined);
      intention.done();
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.labs() }),
  });
  const shared = {
    busy: run.isPending,
    onCheck: (source: LabSource) => run.mutate({ source, only: 'check' }),
    onImport: (source: LabSource) => run.mutate({ source, only: undefined }),
  };
  return (
    <Dialog title={t('authoring.import.title')} onClose={onClose} size="xl">
      <Tabs defaultValue="files" keepMounted={false} onChange={run.reset}>
        <Tabs.List mb="md">
          <Tabs.Tab value="files" leftSection={<IconFolder size={16} />}>
            {t('authoring.import.fromFiles')}
          </Tabs.Tab>
          <Tabs.Tab value="git" leftSection={<IconBrandGit size={16} />}>
            {t('authoring.import.fromGit')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files">
          <ImportFromFiles {...shared} />
        </Tabs.Panel>
        <Tabs.Panel value="git">
          <ImportFromGit {...shared} error={run.error} />
        </Tabs.Panel>
      </Tabs>
      <ImportOutcome
        progress={progress}
        error={isToldAtFields(run.error, t) ? null : run.error}
        outcome={run.data}
        onClose={onClose}
      />
    </Dialog>
  );
}

/** What stays the same when the same thing is sent again. */
const idOf = (source: LabSource) =>
  'git' in source ? source.git : [source.archive.name, source.archive.size, source.archive.lastModified];
