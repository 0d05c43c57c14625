import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.js';

interface Props {
  title: string;
  text: string;
  secret: string;
  /** What the button does: “Copy the link”. */
  copy: string;
  onClose: () => void;
  /** The secret, as it is shown. */
  children: ReactNode;
}

/** A link or a token that nobody can read again, with a button that copies it. */
export function ShownOnce({ title, text, secret, copy: label, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose} size="lg" stay>
      <Stack gap="md">
        <Text>{text}</Text>
        {children}
        <Group justify="flex-end" gap="sm">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                {copied ? t('app.action.copied') : label}
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
