import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../i18n/format.js';
import { Dialog } from '../ui/dialog.js';

interface Props {
  name: string;
  url: string;
  expiresAt: string;
  onClose: () => void;
}

/** The link with which a new person chooses a password; shown this once. */
export function Invitation({ name, url, expiresAt, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('people.invitation.title', { name })} onClose={onClose} size="lg" stay>
      <Stack gap="md">
        <Text>{t('people.invitation.text', { until: formatInstant(expiresAt) })}</Text>
        <TextInput
          readOnly
          value={url}
          aria-label={t('people.invitation.copy')}
          onFocus={({ currentTarget }) => currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group justify="flex-end" gap="sm">
          <CopyButton value={url}>
            {({ copied, copy }) => (
              <Button onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                {copied ? t('app.action.copied') : t('people.invitation.copy')}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            {t('people.invitation.done')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
