import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.js';
import { Confirm } from '../ui/confirm.js';
import { Page } from '../ui/page.js';
import type { KeptWork } from './model/kept-work.js';

interface Props {
  title: string;
  work: KeptWork;
  /** The newest version on the server. */
  newest: number | undefined;
  onTake: () => void;
  onDrop: () => void;
}

/** Offers what was not saved at the last visit. Asked before anything is edited, so that neither overwrites the other. */
export function RestoreWork({ title, work: { from, keptAt }, newest, onTake, onDrop }: Props) {
  const { t } = useTranslation();
  const [dropping, setDropping] = useState(false);
  const when = formatInstant(new Date(keptAt).toISOString());
  return (
    <Page title={t('editor.restore.title')} lead={title} width="narrow">
      <Stack gap="md">
        <Text>{t(from === undefined ? 'editor.restore.textNew' : 'editor.restore.text', { when })}</Text>
        {from !== undefined && newest !== undefined && from.version !== newest && (
          <Text>{t('editor.restore.older', { from: from.version, version: newest })}</Text>
        )}
        <Group gap="sm">
          <Button onClick={onTake}>{t('editor.restore.take')}</Button>
          <Button variant="default" onClick={() => setDropping(true)}>
            {t('editor.restore.drop')}
          </Button>
        </Group>
      </Stack>
      {dropping && (
        <Confirm
          title={t('editor.restore.askDrop')}
          confirm={t('editor.restore.drop')}
          dangerous
          onConfirm={() => Promise.resolve(onDrop())}
          onClose={() => setDropping(false)}
        >
          <Text>{t('editor.restore.askDropText')}</Text>
        </Confirm>
      )}
    </Page>
  );
}
