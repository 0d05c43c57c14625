import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error.js';
import { keys } from '../../api/keys.js';
import { useIntention } from '../../api/use-intention.js';
import { Diagnostics } from '../../authoring/diagnostics.js';
import { diagnosticsOf } from '../../authoring/diagnostics-of.js';
import { useStartLab } from '../../catalog/use-start-lab.js';
import { Dialog } from '../../ui/dialog.js';
import { notifyDone } from '../../ui/notify.js';
import { Problem } from '../../ui/problem.js';
import { changesBetween } from '../model/changes.js';
import type { LabEditing } from '../model/lab-editing.js';
import type { LabFiles } from '../model/lab-files.js';
import type { LabSources } from '../model/lab-sources.js';
import { Conflict } from './conflict.js';
import { DiffView } from './diff-view.js';
import { type Saved, isConflict, saveLab, type SaveProgress } from './save-lab.js';
import { expectation, type SaveTarget } from './save-target.js';

interface Props {
  state: LabEditing;
  target: SaveTarget;
  /** Errors that the check has found. */
  errors: number;
  /** Starts the lab when it is saved. */
  start: boolean;
  onSaved: (saved: Saved, files: LabFiles) => void;
  /** With what was saved, if it was. */
  onClose: (saved?: Saved) => void;
}

/** Shows what becomes the new version before it is sent; tells what stood in the way. */
export function SaveDialog({ state, target, errors, start, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const intention = useIntention();
  const [progress, setProgress] = useState<SaveProgress>();
  const session = useStartLab();
  const [done, setDone] = useState<Saved>();
  const { files, base, saved } = state;

  const save = useMutation({
    mutationFn: (over: LabSources | undefined) => {
      const expected = over === undefined ? expectation(target, saved) : { ifMatch: `"${over.version.digest}"` };
      const idempotencyKey = intention.key([expected, saved?.version, files.size]);
      return saveLab({ files, ...expected, idempotencyKey, onProgress: setProgress });
    },
    retry: false,
    onSettled: () => {
      setProgress(undefined);
      intention.done();
    },
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: keys.labs() });
      notifyDone(t(result.created ? 'editor.save.done' : 'editor.save.unchanged', { version: result.version.version }));
      onSaved(result, files);
      setDone(result);
      if (start) session.start({ labId: result.lab.id, version: result.version.version });
      else onClose(result);
    },
  });
  if (done !== undefined)
    return (
      <Dialog title={t('editor.save.starting')} onClose={() => onClose(done)} stay={session.isPending}>
        <Starting error={session.error} onClose={() => onClose(done)} />
      </Dialog>
    );
  const onTop = save.isPending && save.variables !== undefined;
  if (isConflict(save.error) || onTop)
    return (
      <Dialog title={t('editor.conflict.title')} onClose={() => onClose()} size="xl" stay={save.isPending}>
        <Conflict
          state={state}
          target={target}
          attempt={save.submittedAt}
          busy={save.isPending}
          onForce={(other) => save.mutate(other)}
          onClose={() => onClose()}
        />
      </Dialog>
    );
  const changes = changesBetween(base, files);
  const nothing = changes.length === 0 && target.kind === 'version';
  return (
    <Dialog
      title={t(saved === undefined ? 'editor.save.titleFirst' : 'editor.save.title')}
      onClose={() => onClose()}
      size="xl"
      stay={save.isPending}
    >
      <Stack gap="md">
        <Into target={target} old={saved?.slug} />
        {errors > 0 && (
          <Alert color="red" variant="light" role="alert" c="var(--lab-bad)">
            {t('editor.save.broken')}
          </Alert>
        )}
        {nothing ? (
          <Text>{t('editor.save.nothing', { version: saved?.version ?? 1 })}</Text>
        ) : (
          <DiffView changes={changes} />
        )}
        <Refused error={save.error} />
        {progress !== undefined && (
          <div role="status">
            <Text size="sm">{t(`editor.save.${progress.step}`)}</Text>
            <Progress
              value={progress.step === 'sending' ? progress.percent : 100}
              animated={progress.step === 'packing'}
              aria-label={t(`editor.save.${progress.step}`)}
            />
          </div>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => onClose()} disabled={save.isPending}>
            {t('app.action.cancel')}
          </Button>
          {nothing && start && saved !== undefined ? (
            <Button
              data-autofocus
              loading={session.isPending}
              onClick={() => session.start({ labId: saved.labId, version: saved.version })}
            >
              {t('editor.save.start')}
            </Button>
          ) : (
            <Button
              data-autofocus
              loading={save.isPending}
              disabled={errors > 0 || nothing}
              onClick={() => save.mutate(undefined)}
            >
              {t(start ? 'editor.save.submitStart' : 'editor.save.submit')}
            </Button>
          )}
        </Group>
        {nothing && session.error !== null && <Problem error={session.error} compact />}
      </Stack>
    </Dialog>
  );
}

function Into({ target: { kind, slug }, old }: { target: SaveTarget; old: string | undefined }) {
  const { t } = useTranslation();
  if (kind === 'version') return <Text>{t('editor.save.into', { slug })}</Text>;
  if (kind === 'renamed') return <Text>{t('editor.save.idChanged', { slug, old: old ?? '' })}</Text>;
  return <Text>{t('editor.save.intoNew', { slug })}</Text>;
}

/** The findings of the server stand at their places, as those of the editor do. */
function Refused({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const findings = error instanceof ApiError && error.status < 500 ? diagnosticsOf(error) : [];
  if (findings.length === 0) return <Problem error={error} compact />;
  return (
    <section role="alert">
      <Text fw={600}>{t('editor.save.refused')}</Text>
      <Diagnostics items={findings} />
    </section>
  );
}

function Starting({ error, onClose }: { error: Error | null; onClose: () => void }) {
  const { t } = useTranslation();
  if (error === null) return <Text role="status">{t('editor.save.starting')}</Text>;
  return (
    <Stack gap="md">
      <Text>{t('editor.save.startFailed')}</Text>
      <Problem error={error} compact />
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('app.action.close')}
        </Button>
      </Group>
    </Stack>
  );
}
