import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconGitCompare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../auth/use-me.js';
import { formatInstant } from '../../i18n/format.js';
import { Problem } from '../../ui/problem.js';
import { changesBetween } from '../model/changes.js';
import type { LabEditing } from '../model/lab-editing.js';
import type { LabSources } from '../model/lab-sources.js';
import { DiffView } from './diff-view.js';
import { downloadLab } from './download-lab.js';
import { fetchOther, type OtherVersion } from './other-version.js';
import type { SaveTarget } from './save-target.js';

interface Props {
  state: LabEditing;
  target: SaveTarget;
  /** Each refusal may have another version behind it. */
  attempt: number;
  busy: boolean;
  onForce: (other: LabSources) => void;
  onClose: () => void;
}

/** The lab has moved on since it was opened. Nothing is decided without its author. */
export function Conflict({ state, target, attempt, busy, onForce, onClose }: Props) {
  const { t } = useTranslation();
  const [compared, setCompared] = useState(false);
  const { files, saved } = state;
  const other = useQuery({
    queryKey: ['conflict', target.slug, saved?.labId, attempt],
    queryFn: ({ signal }) => fetchOther(target, saved?.labId, signal),
    gcTime: 0,
    staleTime: Infinity,
  });
  return (
    <Stack gap="md">
      {other.data !== undefined && <What other={other.data} state={state} target={target} />}
      {other.data === undefined && other.error === null && <Skeleton h={24} />}
      {other.error !== null && (
        <>
          <Text>{t('editor.conflict.unreadable')}</Text>
          <Problem error={other.error} onRetry={() => void other.refetch()} compact />
        </>
      )}
      <Text fw={600}>{t('editor.conflict.safe')}</Text>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => void downloadLab(files, target.slug)}
        >
          {t('editor.conflict.download')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconGitCompare size={16} />}
          disabled={other.data === undefined}
          aria-expanded={compared}
          onClick={() => setCompared(!compared)}
        >
          {t(compared ? 'editor.conflict.hide' : 'editor.conflict.show')}
        </Button>
      </Group>
      {compared && other.data !== undefined && (
        <section>
          <Text size="sm" mb="xs">
            {t('editor.conflict.differences')}
          </Text>
          <DiffView changes={changesBetween(other.data.files, files)} />
        </section>
      )}
      <Text size="sm" c="dimmed">
        {t('editor.conflict.forceHint')}
      </Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('editor.conflict.goOn')}
        </Button>
        <Button
          color="red.8"
          loading={busy}
          disabled={other.data === undefined}
          onClick={() => other.data !== undefined && onForce(other.data)}
        >
          {t('editor.conflict.force')}
        </Button>
      </Group>
    </Stack>
  );
}

function What({ other, state: { saved }, target }: { other: OtherVersion; state: LabEditing; target: SaveTarget }) {
  const { t } = useTranslation();
  const me = useMe();
  const { version, createdAt, createdById } = other;
  const facts = { version: version.version, when: formatInstant(createdAt) };
  if (target.kind !== 'version' || saved === undefined)
    return <Text>{t('editor.conflict.exists', { slug: target.slug, ...facts })}</Text>;
  const who = createdById === me.id ? 'editor.conflict.byYou' : 'editor.conflict.byOther';
  return <Text>{t(who, { from: saved.version, ...facts })}</Text>;
}
