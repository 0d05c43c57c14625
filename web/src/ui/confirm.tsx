import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './problem.js';

interface Props {
  title: string;
  confirm: string;
  /** Deletes something that cannot be brought back. */
  dangerous?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back; stays open with the reason when it fails. */
export function Confirm({ title, confirm, dangerous = false, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('app.action.close') }}>
      <Stack gap="md">
        {children}
        {error !== undefined && <Problem error={error} compact />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app.action.cancel')}
          </Button>
          <Button color={dangerous ? 'red.8' : undefined} loading={busy} onClick={() => void run()}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
